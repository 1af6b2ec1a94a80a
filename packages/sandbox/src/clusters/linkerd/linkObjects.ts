import type { Cluster, Service } from '../../company/types.ts';
import { kubeTime } from '../lib/conditions.ts';
import type { KubeObject } from '../types.ts';
import { isExported } from './isExported.ts';

const NAMESPACE = 'linkerd-multicluster';

/** Production clusters are linked with each other, and all with `platform`. */
export function linkTargets(source: Cluster, all: readonly Cluster[]) {
  return all.filter(
    target =>
      target !== source &&
      (target.environment === source.environment ||
        target.environment === 'platform' ||
        source.environment === 'platform'),
  );
}

/** The Services of a cluster that others see. */
function exportedServices(target: Cluster, services: readonly Service[]) {
  return services.filter(
    service =>
      service.inRepository &&
      service.environments.includes(target.environment) &&
      isExported(service.name),
  );
}

function mirroredService(
  service: Service,
  target: Cluster,
): KubeObject & { metadata: { namespace: string } } {
  const namespace = service.namespace || target.environment;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: `${service.name}-${target.name}`,
      namespace,
      labels: {
        'mirror.linkerd.io/mirrored-service': 'true',
        'mirror.linkerd.io/cluster-name': target.name,
      },
      annotations: {
        'mirror.linkerd.io/remote-svc-fq-name': `${service.name}.${namespace}.svc.cluster.local`,
        'mirror.linkerd.io/remote-gateway-identity':
          'linkerd-gateway.linkerd-multicluster.serviceaccount.identity.linkerd.cluster.local',
      },
    },
    spec: { ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
  };
}

function gatewayService(target: Cluster): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: `probe-${target.name}`,
      namespace: NAMESPACE,
      labels: {
        'mirror.linkerd.io/mirrored-gateway': 'true',
        'mirror.linkerd.io/cluster-name': target.name,
      },
    },
    spec: { ports: [{ name: 'mc-probe', port: 4191, protocol: 'TCP' }] },
  };
}

/** A Link, and what the service mirror makes of it in the source cluster. */
export function linkObjects(
  target: Cluster,
  services: readonly Service[],
  now: number,
): KubeObject[] {
  const mirrored = exportedServices(target, services).map(service =>
    mirroredService(service, target),
  );
  const link: KubeObject = {
    apiVersion: 'multicluster.linkerd.io/v1alpha3',
    kind: 'Link',
    metadata: { name: target.name, namespace: NAMESPACE },
    spec: {
      targetClusterName: target.name,
      targetClusterDomain: 'cluster.local',
      targetClusterLinkerdNamespace: 'linkerd',
      clusterCredentialsSecret: `cluster-credentials-${target.name}`,
      gatewayAddress: `gateway.${target.name}.bank.example`,
      gatewayPort: '4143',
      gatewayIdentity:
        'linkerd-gateway.linkerd-multicluster.serviceaccount.identity.linkerd.cluster.local',
      probeSpec: {
        path: '/ready',
        port: '4191',
        period: '3s',
        timeout: '30s',
        failureThreshold: '3',
      },
      selector: { matchLabels: { 'mirror.linkerd.io/exported': 'true' } },
      remoteDiscoverySelector: {
        matchLabels: { 'mirror.linkerd.io/exported': 'remote-discovery' },
      },
    },
    status: {
      mirrorServices: mirrored.map(({ metadata }) => ({
        controllerName: 'linkerd.io/service-mirror',
        remoteRef: {
          group: '',
          kind: 'Service',
          name: metadata.name.slice(0, -target.name.length - 1),
          namespace: metadata.namespace,
        },
        conditions: [
          {
            type: 'Mirrored',
            status: 'True',
            reason: 'Mirrored',
            message: '',
            lastTransitionTime: kubeTime(now),
            localRef: {
              group: '',
              kind: 'Service',
              name: metadata.name,
              namespace: metadata.namespace,
            },
          },
        ],
      })),
      federatedServices: [],
    },
  };
  return [link, gatewayService(target), ...mirrored];
}
