import { hash } from '../../lib/hash.ts';
import type { Cluster } from '../../company/types.ts';
import type { KubeObject } from '../types.ts';
import { clusterVersions } from './clusterVersions.ts';

/** More services want more nodes, which come in the zones of the region. */
export function nodeNames(cluster: Cluster, services: number): string[] {
  const count = Math.min(12, Math.max(3, Math.ceil(services / 60)));
  return [...Array(count).keys()].map(index => {
    const suffix = hash(cluster.name, 'node', index);
    switch (cluster.provider) {
      case 'aws':
        return `ip-10-${index}-${parseInt(suffix.slice(0, 2), 16)}-${parseInt(
          suffix.slice(2, 4),
          16,
        )}.${cluster.region}.compute.internal`;
      case 'azure':
        return `aks-system-${suffix.slice(0, 8)}-vmss00000${index.toString(
          36,
        )}`;
      default:
        return `gke-${cluster.name}-pool-${suffix.slice(0, 8)}-${suffix.slice(
          8,
          12,
        )}`;
    }
  });
}

export function nodeObjects(
  cluster: Cluster,
  names: readonly string[],
  createdAt: string,
): KubeObject[] {
  const { kubernetes } = clusterVersions(cluster);
  return names.map((name, index) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      creationTimestamp: createdAt,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': cluster.region,
        'topology.kubernetes.io/zone': `${cluster.region}${'abc'[index % 3]}`,
      },
    },
    spec: { providerID: `${cluster.provider}:///${cluster.region}/${name}` },
    status: {
      capacity: { cpu: '16', memory: '64Gi', pods: '110' },
      allocatable: { cpu: '15', memory: '60Gi', pods: '110' },
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          lastHeartbeatTime: createdAt,
          lastTransitionTime: createdAt,
        },
      ],
      nodeInfo: {
        kubeletVersion: kubernetes,
        kubeProxyVersion: kubernetes,
        operatingSystem: 'linux',
        architecture: 'amd64',
        osImage: 'Bottlerocket OS 1.50.0',
        containerRuntimeVersion: 'containerd://2.1.4',
        kernelVersion: '6.12.40',
        bootID: hash(name, 'boot'),
        machineID: hash(name, 'machine'),
        systemUUID: hash(name, 'system'),
      },
    },
  }));
}
