import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { linkKinds } from '../links/observe/linkKinds';
import { decideApplied } from './decide/decideApplied';
import { decideClusterFacts } from './decide/decideClusterFacts';
import { decideRouting } from './decide/decideRouting';
import {
  ObjectRef,
  ObservedFluxReport,
  ObservedGitRepository,
  ObservedKustomization,
  ObservedNode,
  ObservedRoutingWeight,
  ObservedWorkload,
  SourceRef,
} from './observe/types';
import { ClusterReading, ClusterWatching } from './types';

const WORKLOADS = ['deployments', 'statefulSets', 'daemonSets'] as const;

/** Kinds that say nothing of the cluster as a whole. */
const IRRELEVANT = new Set([
  'events',
  'helmReleases',
  ...linkKinds.map(({ id }) => id),
]);

/** What Flux's own bootstrap calls the source that it makes. */
const BOOTSTRAP = 'flux-system/flux-system';

/** What a cluster reads from: as most services, else as it was bootstrapped. */
function findSource(
  watching: ClusterWatching,
  usual: SourceRef | undefined,
): ObservedGitRepository | undefined {
  const all = watching.objects<ObservedGitRepository>('gitRepositories');
  const found =
    all.get(usual ? `${usual.namespace}/${usual.name}` : BOOTSTRAP) ??
    all.get(BOOTSTRAP);
  return found ?? (all.size === 1 ? [...all.values()][0] : undefined);
}

/** Whether objects of a kind say something of the cluster as a whole. */
export function isFactKind(kind: string): boolean {
  return !IRRELEVANT.has(kind);
}

/** Whether it is what all of them say together, which needn't be known at once. */
export function isCounted(kind: string): boolean {
  return kind === 'kustomizations' || WORKLOADS.some(one => one === kind);
}

/** The Kustomizations that read from the config repository. */
function* findKustomizations(
  watching: ClusterWatching,
  usual: SourceRef | undefined,
) {
  const source: ObjectRef | undefined = findSource(watching, usual) ?? usual;
  for (const one of watching
    .objects<ObservedKustomization>('kustomizations')
    .values()) {
    const isSame =
      one.source?.kind === 'GitRepository' &&
      one.source.name === source?.name &&
      one.source.namespace === source.namespace;
    if (isSame) yield one;
  }
}

/** The commits that a cluster has applied: a handful, each named many times. */
export function listAppliedCommits(
  watching: ClusterWatching,
  usualSource: SourceRef | undefined,
): Set<string> {
  const commits = new Set<string>();
  for (const { appliedCommit } of findKustomizations(watching, usualSource)) {
    if (appliedCommit !== undefined) commits.add(appliedCommit);
  }
  return commits;
}

function* allWorkloads(watching: ClusterWatching) {
  for (const kind of WORKLOADS) {
    yield* watching.objects<ObservedWorkload>(kind).values();
  }
}

/** The parts of a row that its objects tell. */
export function readFacts(
  watching: ClusterWatching,
  definition: ClusterDefinition,
  known: {
    usualSource?: SourceRef;
    positionOf(commit: string): number | undefined;
    /** As the row has it. */
    appliedBlocker: string | null;
  },
) {
  const { reading } = watching;
  const { usualSource, appliedBlocker } = known;
  const source = findSource(watching, usualSource);
  const stateOf = (id: string) =>
    reading.kinds.find(kind => kind.id === id)?.state;
  const facts = decideClusterFacts({
    nodes: watching.objects<ObservedNode>('nodes').values(),
    nodesAreKnown: stateOf('nodes') === 'live',
    workloads: [...allWorkloads(watching)],
    workloadsAreKnown: WORKLOADS.every(id =>
      ['live', 'absent'].includes(stateOf(id) ?? ''),
    ),
    fluxReports: watching.objects<ObservedFluxReport>('fluxReports').values(),
    source,
    identity: reading.identity,
    expectedIdentity: definition.identity ?? definition.name,
  });
  const routing = decideRouting(
    watching.objects<ObservedRoutingWeight>('routingWeights').values(),
    reading.identity ?? definition.identity ?? definition.name,
  );
  const applied = decideApplied({
    kustomizations: findKustomizations(watching, usualSource),
    fetched: source?.commit,
    positionOf: known.positionOf,
    before: appliedBlocker === null ? undefined : JSON.parse(appliedBlocker),
  });
  return {
    identity: facts.identity ?? null,
    identity_state: facts.identityState,
    flux_version: facts.fluxVersion ?? null,
    nodes_ready: facts.nodesReady ?? null,
    nodes_total: facts.nodesTotal ?? null,
    containers: facts.containers ?? null,
    source_revision: facts.sourceRevision ?? null,
    source_fault: facts.sourceFault ?? null,
    source_suspended: facts.sourceSuspended,
    applied_revision: applied.revision ?? null,
    unapplied: applied.unapplied,
    // What was read before it was refused may be another by now.
    routing:
      routing && stateOf('routingWeights') === 'live'
        ? JSON.stringify(routing)
        : null,
    applied_blocker: applied.blockedBy
      ? JSON.stringify(applied.blockedBy)
      : null,
  };
}

/** The parts of a row that the watcher itself tells. */
export function readConnection(reading: ClusterReading) {
  return {
    connection: reading.state,
    reason: reading.reason ?? null,
    since: reading.since,
    kubernetes_version: reading.kubernetesVersion ?? null,
    kinds: JSON.stringify(reading.kinds),
  };
}
