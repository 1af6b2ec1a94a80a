import { isDeepStrictEqual } from 'node:util';
import { ClusterStep, FollowDecision, FollowedCluster } from './types';

function decideStep(
  after: FollowedCluster,
  before: FollowedCluster | undefined,
): ClusterStep[] {
  const { cluster, reason } = after;
  if (after.state === before?.state) return [];
  if (before?.state === 'running' && after.state !== 'failed') {
    return [{ code: 'cluster-stopped', cluster, message: reason }];
  }
  switch (after.state) {
    case 'running':
      return [{ code: 'cluster-running', cluster, message: reason }];
    case 'failed':
      return [{ code: 'cluster-failed', cluster, message: reason }];
    case 'arrived':
      return before && before.state !== 'waiting'
        ? []
        : [{ code: 'cluster-arrived', cluster }];
    default:
      return [];
  }
}

/** Decides what of the clusters is news beside what was noted before. */
export function decideNews(
  clusters: FollowedCluster[],
  before: FollowedCluster[],
): Omit<FollowDecision, 'end'> {
  const beforeOf = new Map(before.map(one => [one.cluster, one]));
  return {
    clusters,
    changed:
      clusters.length !== before.length ||
      !isDeepStrictEqual(
        clusters,
        clusters.flatMap(({ cluster }) => beforeOf.get(cluster) ?? []),
      ),
    steps: clusters.flatMap(one => decideStep(one, beforeOf.get(one.cluster))),
  };
}
