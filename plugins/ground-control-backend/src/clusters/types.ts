import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';

/** A cluster to watch; its `environment` is one of those that are configured. */
export interface LocatedCluster extends ClusterDefinition {
  /** What it is for, where that is another word than an environment's. */
  role?: string;
}

/**
 * A kind of object that is watched in a cluster. `observe` keeps the fields
 * that we use and drops the rest; it never throws, and returns undefined for
 * an object that isn't of interest, or isn't what it should be.
 */
export interface WatchedKind<T = unknown> {
  /** Names it in code, such as `kustomizations`. */
  id: string;
  /** Empty for the core group. */
  group: string;
  /** The first that the cluster serves is read. */
  versions: string[];
  /** The plural of its URLs. */
  resource: string;
  /** Which of them, where others of the same resource are watched as well. */
  part?: string;
  fieldSelector?: string;
  labelSelector?: string;
  /** Without it a cluster can't be called live; others may be absent. */
  needed: boolean;
  observe(object: unknown): T | undefined;
}

/** Objects of one kind by `<namespace>/<name>`; `/<name>` outside namespaces. */
export type ObservedObjects<T = unknown> = ReadonlyMap<string, T>;

/** How one kind is read at the moment. */
export interface KindReading {
  id: string;
  /** Such as `kustomizations.kustomize.toolkit.fluxcd.io`, `services (mirrored)`. */
  kind: string;
  state: 'starting' | 'live' | 'absent' | 'forbidden' | 'failing';
  reason?: string;
  objects: number;
  observedAt?: number;
}

/** How a cluster is read at the moment; times are milliseconds since 1970. */
export interface ClusterReading {
  state: ClusterConnectionState;
  /** In plain words, without credentials. */
  reason?: string;
  since: number;
  /** When it last answered anything. */
  observedAt?: number;
  lastEventAt?: number;
  kubernetesVersion?: string;
  /**
   * The uid of the namespace kube-system: another one is another cluster, such
   * as one that was bootstrapped anew under the same name.
   */
  instance?: string;
  /** What `cluster-identity` says; undefined where there is none. */
  identity?: string;
  kinds: KindReading[];
}

/**
 * What a watcher tells. Called synchronously, for each object on its own; the
 * listener gathers. A relist tells of what differs alone.
 */
export interface ClusterListener {
  /** `value` is undefined when the object is gone. */
  onObject(kind: string, key: string, value: unknown): void;
  /** All of a kind was listed, for the first time or anew. */
  onListed(kind: string): void;
  onReading(reading: ClusterReading): void;
}

/**
 * Watches one cluster: lists and then follows each kind, and keeps what
 * `observe` kept. Starts again after every fault, by itself.
 */
export interface ClusterWatching {
  readonly reading: ClusterReading;
  objects<T>(kind: string): ObservedObjects<T>;
  /** One list, now, of what isn't watched, such as the pods of a workload. */
  list<T>(
    kind: WatchedKind<T>,
    options: { namespace?: string; labelSelector?: string; limit: number },
  ): Promise<T[]>;
  start(): void;
  stop(): Promise<void>;
  /** Somebody says that something happened: try at once what waits to be tried. */
  look(): void;
}

/** Makes what watches a cluster; it begins when it is started. */
export type CreateClusterWatching = (
  definition: ClusterDefinition,
  listener: ClusterListener,
) => ClusterWatching;
