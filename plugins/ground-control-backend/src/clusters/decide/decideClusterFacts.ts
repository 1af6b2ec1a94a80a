import {
  ObservedFluxReport,
  ObservedGitRepository,
  ObservedNode,
  ObservedWorkload,
} from '../observe/types';
import { describeCondition, findFluxFault } from './fluxFault';

/** What a cluster is, of what its objects say. */
export interface ClusterFacts {
  nodesReady?: number;
  nodesTotal?: number;
  containers?: number;
  fluxVersion?: string;
  sourceRevision?: string;
  sourceFault?: string;
  sourceSuspended: boolean;
  identity?: string;
  identityState: 'confirmed' | 'mistaken' | 'unknown';
}

/** The version that most parts of Flux are of. */
function findFluxVersion(
  workloads: Iterable<ObservedWorkload>,
): string | undefined {
  const counts = new Map<string, number>();
  for (const { fluxVersion } of workloads) {
    if (fluxVersion) {
      counts.set(fluxVersion, (counts.get(fluxVersion) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Gathers what a cluster is. */
export function decideClusterFacts(facts: {
  nodes: Iterable<ObservedNode>;
  /** None can be told when nodes may not be read. */
  nodesAreKnown: boolean;
  workloads: Iterable<ObservedWorkload>;
  /** A part of them isn't their number. */
  workloadsAreKnown: boolean;
  fluxReports: Iterable<ObservedFluxReport>;
  /** What most services are read from. */
  source?: ObservedGitRepository;
  identity?: string;
  expectedIdentity: string;
}): ClusterFacts {
  const { source, identity } = facts;
  const nodes = [...facts.nodes];
  let containers = 0;
  for (const workload of facts.workloads) containers += workload.containers;
  const [report] = facts.fluxReports;
  const fluxVersion = report?.version ?? findFluxVersion(facts.workloads);
  const isExpected = identity === facts.expectedIdentity;
  const said = isExpected ? 'confirmed' : 'mistaken';
  return {
    ...(facts.nodesAreKnown && {
      nodesReady: nodes.filter(node => node.ready).length,
      nodesTotal: nodes.length,
    }),
    ...(facts.workloadsAreKnown && { containers }),
    ...(fluxVersion && { fluxVersion }),
    ...(source?.commit && { sourceRevision: source.commit }),
    ...(findFluxFault(source?.ready) && {
      sourceFault: describeCondition(source?.ready),
    }),
    sourceSuspended: source?.suspended ?? false,
    ...(identity && { identity }),
    identityState: identity ? said : 'unknown',
  };
}
