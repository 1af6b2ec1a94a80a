import { WrittenObject } from './types';

interface Kind {
  group: string;
  version: string;
  kind: string;
  plural: string;
  spec: Record<string, unknown>;
  status: Record<string, unknown>;
}

const text = { type: 'string' };
const flag = { type: 'boolean' };
const whole = { type: 'integer', format: 'int64' };
const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const list = (items: object) => ({ type: 'array', items });
const object = (properties: Record<string, unknown>) => ({
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
  properties,
});
const conditions = list(
  object({
    type: text,
    status: text,
    reason: text,
    message: text,
    lastTransitionTime: text,
    observedGeneration: whole,
  }),
);

/** The kinds of Flux, Linkerd and cert-manager that are read, with the fields that are. */
const KINDS: Kind[] = [
  {
    group: 'kustomize.toolkit.fluxcd.io',
    version: 'v1',
    kind: 'Kustomization',
    plural: 'kustomizations',
    spec: {
      path: text,
      suspend: flag,
      prune: flag,
      interval: text,
      sourceRef: object({ kind: text, name: text, namespace: text }),
      dependsOn: list(object({ name: text, namespace: text })),
    },
    status: {
      observedGeneration: whole,
      conditions,
      lastAppliedRevision: text,
      lastAttemptedRevision: text,
      inventory: object({ entries: list(object({ id: text, v: text })) }),
      history: list(open),
    },
  },
  {
    group: 'source.toolkit.fluxcd.io',
    version: 'v1',
    kind: 'GitRepository',
    plural: 'gitrepositories',
    spec: {
      url: text,
      interval: text,
      suspend: flag,
      verify: object({ mode: text }),
    },
    status: {
      observedGeneration: whole,
      conditions,
      artifact: object({ revision: text, digest: text, lastUpdateTime: text }),
      sourceVerificationMode: text,
    },
  },
  {
    group: 'routing.lunar.tech',
    version: 'v1alpha1',
    kind: 'RoutingWeight',
    plural: 'routingweights',
    spec: {
      clusterName: text,
      dryRun: flag,
      annotations: list(object({ key: text, value: text })),
    },
    status: {},
  },
  {
    group: 'helm.toolkit.fluxcd.io',
    version: 'v2',
    kind: 'HelmRelease',
    plural: 'helmreleases',
    spec: {
      suspend: flag,
      interval: text,
      driftDetection: object({ mode: text }),
    },
    status: {
      observedGeneration: whole,
      conditions,
      history: list(open),
      lastAttemptedRevision: text,
    },
  },
  {
    group: 'multicluster.linkerd.io',
    version: 'v1alpha3',
    kind: 'Link',
    plural: 'links',
    spec: {
      targetClusterName: text,
      targetClusterDomain: text,
      targetClusterLinkerdNamespace: text,
      clusterCredentialsSecret: text,
      gatewayAddress: text,
      gatewayPort: text,
      gatewayIdentity: text,
      probeSpec: object({
        path: text,
        port: text,
        period: text,
        timeout: text,
        failureThreshold: text,
      }),
      selector: open,
      remoteDiscoverySelector: open,
      federatedServiceSelector: open,
      excludedAnnotations: list(text),
      excludedLabels: list(text),
    },
    status: {
      mirrorServices: list(open),
      federatedServices: list(open),
    },
  },
  {
    group: 'cert-manager.io',
    version: 'v1',
    kind: 'Certificate',
    plural: 'certificates',
    spec: {
      secretName: text,
      dnsNames: list(text),
      issuerRef: object({ name: text, kind: text }),
    },
    status: { conditions },
  },
];

/** The definitions of those kinds; of all, or of these alone. */
export function describeKinds(plurals?: string[]): WrittenObject[] {
  return KINDS.filter(({ plural }) => plurals?.includes(plural) ?? true).map(
    ({ group, version, kind, plural, spec, status }) => ({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { kind, plural, singular: kind.toLowerCase() },
        versions: [
          {
            name: version,
            served: true,
            storage: true,
            subresources: { status: {} },
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { spec: object(spec), status: object(status) },
              },
            },
          },
        ],
      },
    }),
  );
}
