import type { Cluster } from '../../company/types.ts';
import { FLUX_NAMESPACE } from '../flux/kustomization.ts';
import type { KubeObject } from '../types.ts';

export const ROUTING_API = 'routing.lunar.tech/v1alpha1';
const WEIGHT_KEY = 'external-dns.alpha.kubernetes.io/aws-weight';

/** What traffic a cluster asks for: the RoutingWeight that is named as it is. */
export function routingWeight(
  { name }: Cluster,
  weight: number,
  dryRun = false,
): KubeObject {
  return {
    apiVersion: ROUTING_API,
    kind: 'RoutingWeight',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      clusterName: name,
      dryRun,
      annotations: [{ key: WEIGHT_KEY, value: String(weight) }],
    },
  };
}

/**
 * An equal share for each cluster of the last environment. All of them have
 * the objects of all, as they come from one repository.
 */
export function routingWeights(
  cluster: Cluster,
  { clusters, environments }: { clusters: Cluster[]; environments: string[] },
): KubeObject[] {
  const last = environments[environments.length - 1];
  if (cluster.environment !== last) return [];
  return clusters
    .filter(one => one.environment === last)
    .map(one => routingWeight(one, 100));
}
