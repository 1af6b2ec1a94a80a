import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { linkKinds } from '../links/observe/linkKinds';
import { decideClusterFacts } from './decide/decideClusterFacts';
import {
  ObservedFluxReport,
  ObservedGitRepository,
  ObservedNode,
  ObservedWorkload,
  SourceRef,
} from './observe/types';
import { ClusterReading, ClusterWatching } from './types';

const WORKLOADS = ['deployments', 'statefulSets', 'daemonSets'] as const;

/** Kinds that say nothing of the cluster as a whole. */
const IRRELEVANT = new Set([
  'events',
  'kustomizations',
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

/** Whether they are counted, which needn't be done at once. */
export function isCounted(kind: string): boolean {
  return WORKLOADS.some(one => one === kind);
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
  usualSource: SourceRef | undefined,
) {
  const { reading } = watching;
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
    source: findSource(watching, usualSource),
    identity: reading.identity,
    expectedIdentity: definition.identity ?? definition.name,
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
