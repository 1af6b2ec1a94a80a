import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { KubeMetrics } from '../kube';
import { ClusterReading, WatchedKind } from '../types';
import { DEFAULT_TIMINGS, DefaultClusterWatching } from '../watch';
import { WatchTimings } from '../watch/timings';
import { ScriptedCluster } from './ScriptedCluster';

/**
 * Everything in a tenth of a second or so; but what ends somebody's patience in
 * a second, which a busy machine may take for an answer.
 */
export const QUICK: WatchTimings = {
  ...DEFAULT_TIMINGS,
  askIntervalMs: 60,
  askTimeoutMs: 1_200,
  askMaxBackoffMs: 150,
  retryMs: 50,
  retryMaxMs: 200,
  relistMs: 100,
  relistMaxMs: 800,
  reopenMs: 20,
  reopenMaxMs: 200,
  steadyMs: 600,
  absentMs: 150,
  neededAbsentMs: 100,
  absentConfirmMs: 100,
  tickMs: 10,
  calmMs: 50,
  staleAfterMs: 3_000,
  pageSize: 3,
  limits: {
    ...DEFAULT_TIMINGS.limits,
    connectTimeoutMs: 1_000,
    responseTimeoutMs: 1_000,
    bodyIdleMs: 1_000,
    lineIdleMs: 1_000,
    streamIdleMs: 2_000,
  },
};

export const KUSTOMIZATIONS_PATH =
  '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';
export const DEPLOYMENTS_PATH = '/apis/apps/v1/deployments';

/** Keeps one word of an object. */
function observeColor(object: unknown): string | undefined {
  const { spec } = object as { spec?: { color?: unknown } };
  return typeof spec?.color === 'string' ? spec.color : undefined;
}

export const KUSTOMIZATIONS: WatchedKind<string> = {
  id: 'kustomizations',
  group: 'kustomize.toolkit.fluxcd.io',
  versions: ['v1', 'v1beta2'],
  resource: 'kustomizations',
  needed: true,
  observe: observeColor,
};

export const DEPLOYMENTS: WatchedKind<string> = {
  id: 'deployments',
  group: 'apps',
  versions: ['v1'],
  resource: 'deployments',
  needed: true,
  observe: observeColor,
};

export function colored(name: string, color: string, more: object = {}) {
  return {
    metadata: { name, namespace: 'ns', ...more },
    spec: { color },
  };
}

/** A watcher, and all that it tells. */
export class Watcher {
  readonly told: string[] = [];
  readonly readings: ClusterReading[] = [];
  readonly logger = createRecordingLogger();
  readonly watching: DefaultClusterWatching;

  constructor(
    definition: ClusterDefinition,
    options: {
      kinds?: readonly WatchedKind[];
      timings?: Partial<WatchTimings>;
    } = {},
  ) {
    this.watching = new DefaultClusterWatching({
      definition,
      kinds: options.kinds ?? [KUSTOMIZATIONS, DEPLOYMENTS],
      logger: this.logger,
      metrics: new KubeMetrics(),
      timings: { ...QUICK, ...options.timings },
      listener: {
        onObject: (kind, key, value) =>
          this.told.push(`${kind} ${key} ${value ?? 'gone'}`),
        onListed: kind => this.told.push(`${kind} listed`),
        onReading: reading => this.readings.push(reading),
      },
    });
  }

  get state(): string {
    return this.watching.reading.state;
  }

  get reason(): string {
    return this.watching.reading.reason ?? '';
  }

  kind(id: string) {
    return this.watching.reading.kinds.find(kind => kind.id === id)!;
  }

  held(id: string = 'kustomizations'): Record<string, unknown> {
    return Object.fromEntries(this.watching.objects(id));
  }
}

export function definitionOf(
  cluster: ScriptedCluster,
  more: Partial<ClusterDefinition> = {},
): ClusterDefinition {
  return {
    name: cluster.name,
    url: cluster.url,
    auth: cluster.token
      ? { kind: 'token', token: cluster.token }
      : { kind: 'none' },
    ...more,
  };
}
