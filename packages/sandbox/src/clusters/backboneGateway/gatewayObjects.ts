import type { EgressTarget, IngressEntry } from '../../gatewayEntries/types.ts';
import type { Condition } from '../lib/conditions.ts';
import type { KubeObject } from '../types.ts';

export const GATEWAY_NAMESPACE = 'backbone-gateway';
export const MANAGED_BY = 'app.kubernetes.io/managed-by';
const INGRESS_API = 'networking.k8s.io/v1';
const CERTIFICATE_API = 'cert-manager.io/v1';

/** The kinds that the gateway makes. */
export const GATEWAY_TYPES = [
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: INGRESS_API, kind: 'Ingress' },
  { apiVersion: CERTIFICATE_API, kind: 'Certificate' },
];

const LABELS = { [MANAGED_BY]: GATEWAY_NAMESPACE };

/** A resource outside as a Service, which other clusters may mirror. */
export function targetService({ hostName, dnsName }: EgressTarget): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: hostName,
      namespace: GATEWAY_NAMESPACE,
      labels: { ...LABELS, 'mirror.linkerd.io/exported': 'true' },
    },
    spec: {
      type: 'ExternalName',
      externalName: dnsName,
      ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    },
  };
}

function hostOf({ service, cluster }: IngressEntry): string {
  return `${service}.${cluster}.bank.example`;
}

/** A service's way in from outside: what nginx and cert-manager work by. */
export function ingressObjects(
  entry: IngressEntry,
  isIssued: boolean,
  now: string,
): KubeObject[] {
  const { service, namespace, port } = entry;
  const host = hostOf(entry);
  const metadata = { name: service, namespace, labels: LABELS };
  const secretName = `${service}-tls`;
  const ready: Condition = isIssued
    ? {
        type: 'Ready',
        status: 'True',
        reason: 'Ready',
        message: 'Certificate is up to date and has not expired',
        lastTransitionTime: now,
      }
    : {
        type: 'Ready',
        status: 'False',
        reason: 'DoesNotExist',
        message: `Issuing certificate as Secret does not exist: waiting for DNS of ${host}`,
        lastTransitionTime: now,
      };
  return [
    {
      apiVersion: INGRESS_API,
      kind: 'Ingress',
      metadata,
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: [host], secretName }],
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: {
                    service: { name: service, port: { number: port } },
                  },
                },
              ],
            },
          },
        ],
      },
      ...(isIssued
        ? { status: { loadBalancer: { ingress: [{ hostname: host }] } } }
        : {}),
    },
    {
      apiVersion: CERTIFICATE_API,
      kind: 'Certificate',
      metadata,
      spec: {
        secretName,
        dnsNames: [host],
        issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' },
      },
      status: { conditions: [ready] },
    },
  ];
}
