import { ClusterRouting } from '@ground-control/backstage-plugin-ground-control-common';
import { ObservedRoutingWeight } from '../observe/types';

/**
 * What cluster-routing-controller makes of a cluster's RoutingWeights: it takes
 * the one that names the cluster, and sets nothing new where there are several.
 *
 * @param cluster - as it calls itself
 * @returns undefined where none is for it
 */
export function decideRouting(
  weights: Iterable<ObservedRoutingWeight>,
  cluster: string,
): ClusterRouting | undefined {
  const own = [...weights].filter(one => one.clusterName === cluster);
  if (own.length === 0) return undefined;
  if (own.length > 1) {
    return { annotations: [], dryRun: false, conflicting: own.length };
  }
  const [{ annotations, dryRun }] = own;
  return { annotations, dryRun };
}
