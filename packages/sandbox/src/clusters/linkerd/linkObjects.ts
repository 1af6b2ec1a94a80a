import type { Cluster } from '../../company/types.ts';
import type { KubeObject } from '../types.ts';

const MULTICLUSTER_NAMESPACE = 'linkerd-multicluster';
const LINK_API = 'multicluster.linkerd.io/v1alpha3';
const EXPORTED = 'mirror.linkerd.io/exported';
const MIRRORED = 'mirror.linkerd.io/mirrored-service';
const CLUSTER_NAME = 'mirror.linkerd.io/cluster-name';
const GATEWAY_IDENTITY =
  'linkerd-gateway.linkerd-multicluster.serviceaccount.identity.linkerd.cluster.local';

export const LINK_TYPE = { apiVersion: LINK_API, kind: 'Link' };
export const SERVICE_TYPE = { apiVersion: 'v1', kind: 'Service' };

/** A target shows it to others, and it is its own. */
export function isExportedService({ kind, metadata }: KubeObject): boolean {
  return (
    kind === 'Service' &&
    metadata.labels?.[EXPORTED] === 'true' &&
    metadata.labels[MIRRORED] !== 'true'
  );
}

/** Whether a service mirror made it, for that target. */
export function isMirroredFrom(
  { metadata }: KubeObject,
  target: string,
): boolean {
  return (
    metadata.labels?.[MIRRORED] === 'true' &&
    metadata.labels[CLUSTER_NAME] === target
  );
}

/** What the service mirror of a source makes of an exported Service. */
export function mirroredService(
  exported: KubeObject,
  target: string,
): KubeObject {
  const { name, namespace } = exported.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: `${name}-${target}`,
      namespace,
      labels: { [MIRRORED]: 'true', [CLUSTER_NAME]: target },
      annotations: {
        'mirror.linkerd.io/remote-svc-fq-name': `${name}.${namespace}.svc.cluster.local`,
        'mirror.linkerd.io/remote-gateway-identity': GATEWAY_IDENTITY,
      },
    },
    spec: { ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
  };
}

/** The Service that stands for the gateway of a target. */
export function gatewayService(target: Cluster, port: number): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: `probe-${target.name}`,
      namespace: MULTICLUSTER_NAMESPACE,
      labels: {
        'mirror.linkerd.io/mirrored-gateway': 'true',
        [CLUSTER_NAME]: target.name,
      },
    },
    spec: { ports: [{ name: 'mc-probe', port, protocol: 'TCP' }] },
  };
}

/** The Link of a target, with the address at which its gateway is reached. */
export function linkObject(target: Cluster, port: number): KubeObject {
  return {
    ...LINK_TYPE,
    metadata: { name: target.name, namespace: MULTICLUSTER_NAMESPACE },
    spec: {
      targetClusterName: target.name,
      targetClusterDomain: 'cluster.local',
      targetClusterLinkerdNamespace: 'linkerd',
      clusterCredentialsSecret: `cluster-credentials-${target.name}`,
      gatewayAddress: '127.0.0.1',
      gatewayPort: String(port),
      gatewayIdentity: GATEWAY_IDENTITY,
      probeSpec: {
        path: '/ready',
        port: String(port),
        period: '3s',
        // Linkerd's own default of 30 s would hide a silent link for as long.
        timeout: '3s',
        failureThreshold: '3',
      },
      selector: { matchLabels: { [EXPORTED]: 'true' } },
      remoteDiscoverySelector: {
        matchLabels: { [EXPORTED]: 'remote-discovery' },
      },
    },
  };
}
