// Objects as an API server has them, with what a test doesn't say as it is in
// a cluster where all is well.

/** The commit at a position of the branch. */
export function commitAt(position: number): string {
  return 'c'.repeat(32) + String(position).padStart(8, '0');
}

/** The position of such a commit; undefined for one that was not read yet. */
export function positionAt(commit: string, tip = Infinity): number | undefined {
  const position = Number(commit.slice(32));
  return position <= tip ? position : undefined;
}

const revisionAt = (position: number) => `master@sha1:${commitAt(position)}`;

export interface ConditionOptions {
  ready?: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  since?: string;
}

function conditions({
  ready = 'True',
  reason = 'ReconciliationSucceeded',
  message = 'Applied',
  since = '2026-03-02T09:00:00Z',
}: ConditionOptions) {
  return [
    {
      type: 'Ready',
      status: ready,
      reason,
      message,
      lastTransitionTime: since,
    },
  ];
}

interface FluxOptions extends ConditionOptions {
  suspend?: boolean;
  generation?: number;
  observedGeneration?: number;
}

function flux(options: FluxOptions) {
  const { generation = 1, observedGeneration = generation } = options;
  return {
    generation,
    status: { observedGeneration, conditions: conditions(options) },
  };
}

export interface KustomizationOptions extends FluxOptions {
  service?: string;
  namespace?: string;
  environment?: string;
  name?: string;
  path?: string;
  applied?: number;
  attempted?: number;
  dependsOn?: readonly string[];
  source?: string;
  owner?: string;
  /** Ids of the inventory. */
  inventory?: string[];
  firstAppliedAt?: string;
}

/** A service's Kustomization, or with `path` another. */
export function kustomization(options: KustomizationOptions = {}) {
  const { service = 'ledger-api', namespace = 'payments' } = options;
  const { environment = 'prod', applied, attempted = applied } = options;
  const { name = service, source = 'flux-system' } = options;
  const { owner = 'flux-system', suspend } = options;
  const { generation, status } = flux(options);
  const path =
    options.path ?? `./${environment}/releases/${namespace}/${service}`;
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: {
      name,
      namespace: 'flux-system',
      generation,
      labels: {
        'kustomize.toolkit.fluxcd.io/name': owner,
        'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
      },
    },
    spec: {
      path,
      prune: true,
      interval: '10m',
      sourceRef: { kind: 'GitRepository', name: source },
      ...(suspend && { suspend }),
      ...(options.dependsOn && {
        dependsOn: options.dependsOn.map(one => ({ name: one })),
      }),
    },
    status: {
      ...status,
      ...(applied !== undefined && {
        lastAppliedRevision: revisionAt(applied),
      }),
      ...(attempted !== undefined && {
        lastAttemptedRevision: revisionAt(attempted),
      }),
      inventory: {
        entries: (options.inventory ?? []).map(id => ({ id, v: 'v1' })),
      },
      ...(options.firstAppliedAt && {
        history: [
          {
            digest: 'sha256:00',
            firstReconciled: options.firstAppliedAt,
            lastReconciled: options.firstAppliedAt,
            metadata: { revision: revisionAt(applied!) },
          },
        ],
      }),
    },
  };
}

/** A GitRepository of Flux. */
export function gitRepository(
  options: FluxOptions & { name?: string; at?: number } = {},
) {
  const { name = 'flux-system', at, suspend } = options;
  const { generation, status } = flux(options);
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace: 'flux-system', generation },
    spec: { ...(suspend && { suspend }) },
    status: {
      ...status,
      ...(at !== undefined && { artifact: { revision: revisionAt(at) } }),
    },
  };
}

/** A HelmRelease that a service's Kustomization made. */
export function helmRelease(
  options: FluxOptions & { name?: string; drifted?: boolean } = {},
) {
  const { name = 'ledger-api', drifted, suspend } = options;
  const { generation, status } = flux(options);
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: {
      name,
      namespace: 'payments',
      generation,
      labels: {
        'kustomize.toolkit.fluxcd.io/name': name,
        'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
      },
    },
    spec: { ...(suspend && { suspend }) },
    status: {
      ...status,
      conditions: [
        ...status.conditions,
        ...(drifted
          ? [{ type: 'Drifted', status: 'True', reason: 'DriftDetected' }]
          : []),
      ],
    },
  };
}

export interface DeploymentOptions {
  name?: string;
  namespace?: string;
  artifactId?: string;
  image?: string;
  desired?: number;
  ready?: number;
  updated?: number;
  generation?: number;
  observedGeneration?: number;
  /** Made by this Kustomization; null for one without Flux's labels. */
  owner?: string | null;
  labels?: Record<string, string>;
  conditions?: object[];
}

/** A Deployment of a service, with all its pods ready. */
export function deployment(options: DeploymentOptions = {}) {
  const { name = 'ledger-api', namespace = 'payments' } = options;
  const { desired = 2, ready = desired, updated = desired } = options;
  const { generation = 1, observedGeneration = generation } = options;
  const { owner = name, artifactId, image = 'registry.example/x:1' } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace,
      generation,
      labels: {
        ...(owner && {
          'kustomize.toolkit.fluxcd.io/name': owner,
          'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        }),
        ...options.labels,
      },
      ...(artifactId && {
        annotations: { 'lunarway.com/artifact-id': artifactId },
      }),
    },
    spec: {
      replicas: desired,
      selector: { matchLabels: { app: name } },
      template: { spec: { containers: [{ name: 'main', image }] } },
    },
    status: {
      observedGeneration,
      replicas: desired,
      readyReplicas: ready,
      updatedReplicas: updated,
      conditions: options.conditions ?? [],
    },
  };
}

/** An event that Flux tells of a Kustomization. */
export function fluxEvent(options: {
  service?: string;
  at: string;
  position: number;
  message?: string;
  reason?: string;
}) {
  const { service = 'ledger-api', at, position } = options;
  const { reason = 'ReconciliationSucceeded', message = 'Done' } = options;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${service}.${at}`,
      namespace: 'flux-system',
      annotations: {
        'kustomize.toolkit.fluxcd.io/revision': revisionAt(position),
      },
    },
    involvedObject: {
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: service,
    },
    reason,
    message,
    lastTimestamp: at,
  };
}

/** A pod that waits, such as with `CrashLoopBackOff`. */
export function pod(options: {
  waiting?: string;
  message?: string;
  unschedulable?: string;
  ready?: boolean;
}) {
  const { waiting, message, unschedulable, ready = false } = options;
  return {
    metadata: { namespace: 'payments', name: 'ledger-api-1' },
    status: {
      conditions: [
        { type: 'Ready', status: ready ? 'True' : 'False' },
        {
          type: 'PodScheduled',
          status: unschedulable ? 'False' : 'True',
          ...(unschedulable && {
            reason: 'Unschedulable',
            message: unschedulable,
          }),
        },
      ],
      containerStatuses: [
        {
          name: 'main',
          ready,
          restartCount: 5,
          state: waiting ? { waiting: { reason: waiting, message } } : {},
          lastState: { terminated: { exitCode: 1, reason: 'Error' } },
        },
      ],
    },
  };
}
