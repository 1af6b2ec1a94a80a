import { generate } from 'selfsigned';

// Objects as an API server has them, with what a test doesn't say as it is in
// a cluster where all is well.

export function link(
  options: {
    target?: string;
    name?: string;
    namespace?: string;
    spec?: object;
    /** Services, as `namespace/name`, each with why it isn't mirrored. */
    failing?: Record<string, { reason: string; message: string }>;
    mirrored?: string[];
    status?: object | null;
  } = {},
) {
  const { target = 'gcp-1', name = target, failing = {} } = options;
  const { namespace = 'linkerd-multicluster', mirrored = [] } = options;
  const entry = (service: string, condition: object) => ({
    controllerName: 'linkerd.io/service-mirror',
    remoteRef: {
      group: '',
      kind: 'Service',
      namespace: service.split('/')[0],
      name: service.split('/')[1],
    },
    conditions: [
      {
        type: 'Mirrored',
        lastTransitionTime: '2026-03-02T09:00:00Z',
        ...condition,
      },
    ],
  });
  return {
    apiVersion: 'multicluster.linkerd.io/v1alpha3',
    kind: 'Link',
    metadata: { name, namespace },
    spec: {
      targetClusterName: target,
      targetClusterDomain: 'cluster.local',
      clusterCredentialsSecret: `cluster-credentials-${target}`,
      gatewayAddress: `gateway.${target}.example, 10.0.0.1`,
      gatewayPort: '4143',
      gatewayIdentity: 'linkerd-gateway.example',
      probeSpec: { path: '/ready', port: '4191', period: '3s' },
      ...options.spec,
    },
    ...(options.status !== null && {
      status: options.status ?? {
        mirrorServices: [
          ...mirrored.map(service =>
            entry(service, { status: 'True', reason: 'Mirrored', message: '' }),
          ),
          ...Object.entries(failing).map(([service, why]) =>
            entry(service, { status: 'False', ...why }),
          ),
        ],
      },
    }),
  };
}

export function mirroredService(
  options: {
    service?: string;
    namespace?: string;
    target?: string;
    name?: string;
    labels?: object;
    annotations?: object;
  } = {},
) {
  const { service = 'fx-api', namespace = 'payments' } = options;
  const { target = 'gcp-1', name = `${service}-${target}` } = options;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: {
        'mirror.linkerd.io/mirrored-service': 'true',
        'mirror.linkerd.io/cluster-name': target,
        ...options.labels,
      },
      annotations: {
        'mirror.linkerd.io/remote-svc-fq-name': `${service}.${namespace}.svc.cluster.local`,
        ...options.annotations,
      },
    },
    spec: { ports: [{ name: 'http', port: 80 }] },
  };
}

export function exportedService(
  options: {
    name?: string;
    namespace?: string;
    labels?: object;
    spec?: object;
  } = {},
) {
  const { name = 'fx-api', namespace = 'payments' } = options;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: { 'mirror.linkerd.io/exported': 'true', ...options.labels },
    },
    spec: { ports: [{ port: 80 }, { port: 9090 }], ...options.spec },
  };
}

export function ingress(
  options: {
    name?: string;
    namespace?: string;
    labels?: object;
    spec?: object;
  } = {},
) {
  const { name = 'fx-api', namespace = 'payments' } = options;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, labels: options.labels },
    spec: {
      tls: [{ hosts: [`${name}.example`], secretName: `${name}-tls` }],
      rules: [
        {
          host: `${name}.example`,
          http: {
            paths: [{ backend: { service: { name, port: { number: 3000 } } } }],
          },
        },
      ],
      ...options.spec,
    },
  };
}

export function certificate(
  options: {
    name?: string;
    namespace?: string;
    secret?: string;
    ready?: boolean;
  } = {},
) {
  const { name = 'fx-api', namespace = 'payments', ready = true } = options;
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace },
    spec: { secretName: options.secret ?? `${name}-tls` },
    status: {
      conditions: [
        ready
          ? { type: 'Ready', status: 'True', reason: 'Ready' }
          : {
              type: 'Ready',
              status: 'False',
              reason: 'DoesNotExist',
              message: 'Issuing certificate as Secret does not exist',
            },
      ],
    },
  };
}

export function trustRoots(bundle: unknown, namespace = 'linkerd') {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'linkerd-identity-trust-roots', namespace },
    data: { 'ca-bundle.crt': bundle },
  };
}

/** A certificate in PEM, of a name, that ends at a time. */
export async function makeRoot(name: string, endsAt: string): Promise<string> {
  const { cert } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    notBeforeDate: new Date('2020-01-01T00:00:00Z'),
    notAfterDate: new Date(endsAt),
  } as never);
  return `${cert.trim()}\n`;
}
