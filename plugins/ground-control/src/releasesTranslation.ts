import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/**
 * The texts of services, clusters and activity, in English. Apart from the
 * others, because the board and requests do without them.
 *
 * @public
 */
export const groundControlReleasesTranslationRef = createTranslationRef({
  id: 'plugin.ground-control.releases',
  messages: {
    links: {
      label: 'Tools for {{service}} in {{environment}}',
    },
    find: {
      label: 'Commit, pull request’s merge commit, or artifact id',
      hint: 'At least 7 hex digits of a commit, or the beginning of an artifact id.',
      search: 'Find',
      unclear:
        '“{{query}}” is neither a commit (7 to 64 hex digits) nor the beginning of an artifact id (3 characters, no blanks).',
      none: 'No artifact of “{{query}}” is known.',
      noneHow:
        'It may not be built yet, not released to any environment, or belong to a squad that you may not see. In artifact ids, upper and lower case differ.',
      results_one: '{{count}} artifact.',
      results_other: '{{count}} artifacts.',
      more: 'There are more: give more of the commit or artifact id.',
      current: 'there now, since {{when}}',
      within: 'there now, since {{when}}, in another build that holds it',
      withinBranch:
        'there now, since {{when}}, in a later build of the same branch',
      past: 'was there from {{from}} until {{until}}',
      pastBranch:
        'was there from {{from}} until {{until}}, itself or in a later build of the same branch',
      never: 'never there',
      instead: 'now there: {{artifact}}',
      places: 'Environments of {{artifact}}',
      contained: 'First contained in build',
    },
    activity: {
      heading: 'Activity of the config repository',
      kind: 'Kind',
      release: 'Release',
      policy: 'Policy',
      manifest: 'Manifest',
      other: 'Other',
      text: 'Filter',
      textPlaceholder: 'Title, artifact, person',
      titleWithheld:
        'title withheld: the commit also touches services that you may not see',
      looksLike: 'only looks like a release: it released nothing',
      moreServices_one: 'and {{count}} more service',
      moreServices_other: 'and {{count}} more services',
      older: 'Load older',
      loadingOlder: 'Loading older',
      end: 'This is the first commit.',
      empty: 'No commit matches.',
      emptyAll: 'The config repository has no commit yet.',
      showAll: 'Show all',
      inEnvironment: 'in {{environment}}',
      notApproved: 'Not approved here',
    },
    reason: {
      applied: 'Flux applied it, and it runs.',
      'waits-for-source':
        'The cluster has not fetched the release’s commit yet.',
      'waits-for-apply':
        'The cluster has fetched the release’s commit; Flux has not applied it yet.',
      'not-in-cluster':
        'No Kustomization of the service is in the cluster. Check that the cluster’s Flux applies its folder.',
      progressing: 'Flux applied it; the workload is not ready yet.',
      'health-check-failed':
        'Flux applied it, and it did not become healthy in time. Look at its pods, or roll back.',
      'build-failed':
        'Flux can’t build its manifests. Correct them and release again.',
      'apply-failed':
        'The cluster refuses its manifests. Correct them and release again.',
      'prune-failed':
        'Flux can’t remove what the release no longer holds. Look at what keeps it.',
      'source-failed':
        'Flux in the cluster can’t fetch the config repository. Platform engineers can look at its GitRepository.',
      'dependency-not-ready':
        'It waits for something that it depends on, and that is not ready.',
      suspended:
        'Flux was told not to reconcile it. Releases arrive once it is resumed.',
      'runs-another-artifact':
        'Flux applied the release, and another artifact runs. Look at who changed the workload.',
      'changed-by-hand':
        'Something was changed in the cluster, beside the config repository. Flux undoes it with the next reconciliation.',
      'replicas-not-ready':
        'Fewer replicas are ready than are wanted. Look at its pods.',
      'workload-missing':
        'Flux applied the release, and its workload is not in the cluster.',
      'image-pull':
        'Its image can’t be pulled. Check that it was built and may be read.',
      'crash-loop': 'Its container ends again and again. Look at its log.',
      quota:
        'The namespace’s quota leaves no room for its pods. Ask for more, or want less.',
      scheduling:
        'No node takes its pods. They want more than is free, or a node that is not there.',
      'revision-unknown': 'The cluster reports a commit that we have not read.',
      'not-heard-of':
        'The cluster is not heard of: this is what it last reported.',
      'may-not-read':
        'We may not read this kind in the cluster, so its state is not known.',
      other: 'The cluster’s own words tell why.',
    },
    service: {
      squad: 'Squad',
      namespace: 'Namespace',
      noNamespace: 'none',
      toPolicies: 'What may be released, and who decides',
      place: 'Known in',
      both: 'catalog and config repository',
      repositoryOnly: 'config repository only: not in the catalog',
      catalogOnly: 'catalog only: nothing is released',
      artifactSquad: 'The artifact names another squad: {{squad}}',
      environments: 'Environments',
      problems: 'Problems',
      history: 'Releases',
      environment: 'Environment',
      all: 'All',
      older: 'Load older',
      loadingOlder: 'Loading older',
      end: 'No older releases.',
      none: 'No releases recorded.',
      notReleased: 'Not released',
      sameBuild: 'same build as {{environment}}',
      notBehind: 'not behind {{environment}}',
      select: 'Compare {{artifact}} in {{environment}}',
      compareHint: 'Tick two releases to compare their manifests.',
      compareOne: 'One release ticked. Tick another to compare.',
      clear: 'Clear',
      noEntity: 'Ground Control knows no service for this Component.',
      noEntityHow:
        'Name it in the annotation {{annotation}}, as <namespace>/<name>, and release it once.',
      heading: 'In the clusters',
      heard: 'Cluster heard',
      runs: 'Runs',
      runsInstead: '{{artifact}} instead of {{released}}',
      replicas: 'Replicas',
      replicasValue: '{{ready}} of {{desired}} ready',
      blockedBy: 'Blocked by',
      blocker: '{{kind}} {{name}}',
      corrected: 'Drift corrected',
    },
    clusters: {
      heading: 'Clusters',
      table: 'Clusters and what they report',
      name: 'Cluster',
      connection: 'Connection',
      versions: 'Versions',
      size: 'Size',
      sync: 'Follows the config repository',
      services: 'Services',
      noEnvironment: 'carries no environment',
      since: 'since',
      told: 'Platform engineers were told',
      lastEvent: 'Last change',
      heard: 'Heard',
      never: 'never',
      unknown: 'unknown',
      kubernetes: 'Kubernetes',
      flux: 'Flux',
      nodes: 'Nodes',
      nodesValue: '{{ready}} of {{total}} ready',
      nodesShort: '{{ready}} of {{total}} nodes',
      nodesUnknown: 'nodes unknown',
      containers: 'Containers',
      containersUnknown: 'containers unknown',
      containersShort_one: '{{count}} container',
      containersShort_other: '{{count}} containers',
      identity: 'Identity',
      identityConfirmed: 'Names itself {{name}}, as configured',
      identityMistaken:
        'Names itself {{name}}: address or credentials are another cluster’s',
      identityUnknown: 'Does not name itself; cluster-identity is missing',
      position: 'position {{position}}',
      upToDate: 'Up to date',
      behind_one: '{{count}} commit behind',
      behind_other: '{{count}} commits behind',
      behindFor: 'for {{duration}}',
      revisionUnknown: 'Applied a commit that we have not read',
      noRevision: 'No applied commit is known',
      unapplied_one: '{{count}} Kustomization has applied nothing yet',
      unapplied_other: '{{count}} Kustomizations have applied nothing yet',
      fetched: 'Fetched {{revision}}',
      fetchedAhead_one: 'Fetched {{revision}}, applied {{count}} commit before',
      fetchedAhead_other:
        'Fetched {{revision}}, applied {{count}} commits before',
      worstLink: 'Worst link: {{state}}',
      fault: 'Source',
      suspended: 'The source is suspended: no release reaches the cluster',
      noServices: 'No service that you may see',
      none: 'No clusters are configured.',
      noneHow:
        'Name them under kubernetes.clusterLocatorMethods and groundControl.clusters in app-config.yaml; until then the board shows what is recorded in Git.',
      notFound: 'There is no cluster {{name}}, or you may not see it.',
      all: 'All clusters',
      recovering: 'Recovering: {{ready}} of {{total}} Ready',
      recoveringStarted: 'Recovering',
      facts: 'What it is',
      noEntity: 'No cluster is configured for this Resource.',
      noEntityHow:
        'Name it as the Resource in kubernetes.clusterLocatorMethods or groundControl.clusters, or use the locator of type catalog.',
      summary: '{{live}} of {{total}} live',
    },
    kinds: {
      heading: 'What is read',
      kind: 'Kind',
      state: 'State',
      objects: 'Objects',
      starting: 'Not read yet',
      live: 'Live',
      absent: 'Not in this cluster',
      forbidden: 'Access refused',
      failing: 'Failing',
    },
    attention: {
      heading: 'Services that are not reconciled',
      none: 'Every service is reconciled.',
      never: 'Nothing was read of the cluster yet.',
      away_one:
        'The cluster is not heard of: {{count}} service is stale, and stands as it last reported.',
      away_other:
        'The cluster is not heard of: {{count}} services are stale, and stand as it last reported.',
      most: 'These are the first {{number}}; the board shows all.',
      onBoard: 'On the board',
    },
    recovery: {
      heading: 'Recovery',
      earlier: 'Earlier recoveries',
      started: 'Last heard of, or made',
      api: 'API reachable',
      flux: 'Flux ready',
      revision: 'First revision applied',
      ready: 'Everything Ready',
      took: 'after {{duration}}',
      running: 'under way for {{duration}}',
      waiting: 'waiting',
      unseen: 'not seen',
      readyOf: '{{ready}} of {{total}} Ready',
      total:
        'Recovered in {{duration}}: {{percent}} of the hour that is the goal.',
      over: 'Recovered in {{duration}}: longer than the hour that is the goal.',
      ongoing: 'Under way for {{duration}} of the hour that is the goal.',
      ongoingOver:
        'Under way for {{duration}}: the hour that is the goal is over.',
      ended:
        'Not finished after {{duration}}: the cluster was thrown away again.',
      hour: '1 h',
    },
  },
});
