import { hashNumber } from '../../lib/hash.ts';
import type { Cluster, Provider } from '../../company/types.ts';

export interface ClusterVersions {
  /** As the API server's /version has it. */
  kubernetes: string;
  flux: string;
  /** Image tags by controller. */
  controllers: Record<string, string>;
  linkerd: string;
}

const SUFFIX: Record<Provider, string> = {
  aws: '-eks-3abbec1',
  azure: '',
  gcp: '-gke.1068000',
};

const FLUX = [
  { version: 'v2.7.5', source: 'v1.7.4', kustomize: 'v1.7.3', helm: 'v1.4.5' },
  { version: 'v2.8.1', source: 'v1.8.0', kustomize: 'v1.8.1', helm: 'v1.5.0' },
];

/** Clusters are upgraded one after the other, so they differ a little. */
export function clusterVersions(cluster: Cluster): ClusterVersions {
  const roll = hashNumber(cluster.name, 'versions');
  const minor = 33 + Math.floor(roll * 3);
  const patch = Math.floor(hashNumber(cluster.name, 'patch') * 6) + 1;
  const flux = FLUX[hashNumber(cluster.name, 'flux') < 0.4 ? 0 : 1];
  return {
    kubernetes: `v1.${minor}.${patch}${SUFFIX[cluster.provider]}`,
    flux: flux.version,
    controllers: {
      'source-controller': flux.source,
      'kustomize-controller': flux.kustomize,
      'helm-controller': flux.helm,
      'notification-controller': flux.source,
    },
    linkerd: roll < 0.3 ? 'edge-26.5.2' : 'edge-26.7.1',
  };
}
