import type { ResourceType } from '../types.ts';

const READY = [
  { name: 'Ready', path: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Status', path: '.status.conditions[?(@.type=="Ready")].message' },
];

function core(
  kind: string,
  plural: string,
  shortNames: string[],
  rest: Partial<ResourceType> = {},
): ResourceType {
  const singular = kind.toLowerCase();
  return {
    group: '',
    version: 'v1',
    kind,
    plural,
    singular,
    shortNames,
    namespaced: true,
    ...rest,
  };
}

function workload(
  kind: string,
  shortName: string,
  columns: ResourceType['columns'],
): ResourceType {
  const singular = kind.toLowerCase();
  return {
    group: 'apps',
    version: 'v1',
    kind,
    plural: `${singular}s`,
    singular,
    shortNames: [shortName],
    namespaced: true,
    columns,
  };
}

function pluralOf(singular: string): string {
  if (singular.endsWith('y')) {
    return `${singular.slice(0, -1)}ies`;
  }
  return singular.endsWith('ss') ? `${singular}es` : `${singular}s`;
}

function custom(
  group: string,
  version: string,
  kind: string,
  shortNames: string[],
  columns: ResourceType['columns'],
): ResourceType {
  const singular = kind.toLowerCase();
  const plural = pluralOf(singular);
  return {
    group,
    version,
    kind,
    plural,
    singular,
    shortNames,
    namespaced: true,
    columns,
  };
}

/** What a cluster of the world serves, unless told otherwise. */
export const RESOURCE_TYPES: readonly ResourceType[] = [
  core('Namespace', 'namespaces', ['ns'], {
    namespaced: false,
    columns: [{ name: 'Status', path: '.status.phase' }],
  }),
  core('Node', 'nodes', ['no'], {
    namespaced: false,
    columns: [
      {
        name: 'Ready',
        path: '.status.conditions[?(@.type=="Ready")].status',
      },
      { name: 'Version', path: '.status.nodeInfo.kubeletVersion' },
    ],
  }),
  core('Pod', 'pods', ['po'], {
    columns: [
      { name: 'Status', path: '.status.phase' },
      { name: 'Node', path: '.spec.nodeName' },
    ],
  }),
  core('Service', 'services', ['svc'], {
    columns: [
      { name: 'Type', path: '.spec.type' },
      { name: 'Cluster-IP', path: '.spec.clusterIP' },
    ],
  }),
  core('Endpoints', 'endpoints', ['ep'], { statusless: true }),
  core('ConfigMap', 'configmaps', ['cm'], { statusless: true }),
  core('Secret', 'secrets', [], {
    statusless: true,
    columns: [{ name: 'Type', path: '.type' }],
  }),
  core('Event', 'events', ['ev'], {
    statusless: true,
    columns: [
      { name: 'Type', path: '.type' },
      { name: 'Reason', path: '.reason' },
      { name: 'Kind', path: '.involvedObject.kind' },
      { name: 'Object', path: '.involvedObject.name' },
      { name: 'Message', path: '.message' },
    ],
  }),
  workload('Deployment', 'deploy', [
    { name: 'Desired', path: '.spec.replicas' },
    { name: 'Ready', path: '.status.readyReplicas' },
    { name: 'Up-to-date', path: '.status.updatedReplicas' },
    { name: 'Available', path: '.status.availableReplicas' },
  ]),
  workload('StatefulSet', 'sts', [
    { name: 'Desired', path: '.spec.replicas' },
    { name: 'Ready', path: '.status.readyReplicas' },
  ]),
  workload('DaemonSet', 'ds', [
    { name: 'Desired', path: '.status.desiredNumberScheduled' },
    { name: 'Ready', path: '.status.numberReady' },
  ]),
  workload('ReplicaSet', 'rs', [
    { name: 'Desired', path: '.spec.replicas' },
    { name: 'Ready', path: '.status.readyReplicas' },
  ]),
  custom(
    'kustomize.toolkit.fluxcd.io',
    'v1',
    'Kustomization',
    ['ks'],
    [...READY, { name: 'Applied', path: '.status.lastAppliedRevision' }],
  ),
  custom(
    'source.toolkit.fluxcd.io',
    'v1',
    'GitRepository',
    ['gitrepo'],
    [{ name: 'URL', path: '.spec.url' }, ...READY],
  ),
  custom('helm.toolkit.fluxcd.io', 'v2', 'HelmRelease', ['hr'], READY),
  custom(
    'fluxcd.controlplane.io',
    'v1',
    'FluxReport',
    [],
    [
      {
        name: 'Ready',
        path: '.status.conditions[?(@.type=="Ready")].status',
      },
      { name: 'Version', path: '.spec.distribution.version' },
    ],
  ),
  custom(
    'routing.lunar.tech',
    'v1alpha1',
    'RoutingWeight',
    [],
    [
      { name: 'Cluster', path: '.spec.clusterName' },
      { name: 'Dry run', path: '.spec.dryRun' },
    ],
  ),
  custom('networking.k8s.io', 'v1', 'Ingress', ['ing'], []),
  custom('cert-manager.io', 'v1', 'Certificate', ['cert'], READY),
  custom(
    'multicluster.linkerd.io',
    'v1alpha3',
    'Link',
    [],
    [
      { name: 'Target', path: '.spec.targetClusterName' },
      { name: 'Gateway', path: '.spec.gatewayAddress' },
    ],
  ),
];
