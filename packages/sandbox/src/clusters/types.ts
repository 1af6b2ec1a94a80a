/** An object as the Kubernetes API has it. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: KubeMetadata;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [key: string]: unknown;
}

export interface KubeMetadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: Record<string, unknown>[];
  [key: string]: unknown;
}

/** A kind that a cluster serves. */
export interface ResourceType {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  /** Of its URLs. */
  plural: string;
  singular: string;
  shortNames?: string[];
  namespaced: boolean;
  /** Columns that `kubectl get` shows beside name and age, as JSON paths. */
  columns?: { name: string; path: string }[];
  /** Without a status of its own, as ConfigMaps and Events. */
  statusless?: boolean;
}

/**
 * What a cluster holds. Every write gives the object a new resourceVersion
 * and is told to watchers; `generation` grows when `spec` changes, as it does
 * in Kubernetes. Values that come out are frozen: copy before changing.
 */
export interface ObjectStore {
  readonly types: readonly ResourceType[];
  /** Of the last write. */
  readonly resourceVersion: string;
  /** The cluster's own clock, which a fault may put wrong. */
  now(): Date;
  /** Serves one more kind from now on, as a CRD that is installed later. */
  addType(type: ResourceType): void;
  /** Serves a kind no more, and forgets its objects. */
  removeType(type: ResourceType): void;
  get(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined;
  list(type: ResourceType, namespace?: string): KubeObject[];
  /** Creates or replaces spec, labels, annotations and other fields; keeps status unless given. No new version when nothing differs. */
  apply(object: KubeObject): KubeObject;
  /** Replaces status alone. No new version when nothing differs. */
  setStatus(object: KubeObject, status: Record<string, unknown>): KubeObject;
  delete(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
  ): boolean;
  /** Finds the type of an object by its apiVersion and kind. */
  typeOf(object: { apiVersion: string; kind: string }): ResourceType;
  /** Called after each write, whoever made it, such as kubectl. */
  onChange(
    listener: (change: {
      type: 'ADDED' | 'MODIFIED' | 'DELETED';
      object: KubeObject;
      before?: KubeObject;
    }) => void,
  ): () => void;
  /**
   * Forgets the changes so far: watches and pages from before now are answered
   * with 410.
   */
  compact(): void;
  /**
   * Forgets everything, as a new cluster: another etcd, other uids, and
   * resourceVersions that begin anew. Listeners are told of nothing.
   */
  reset(): void;
}

/** What a cluster answers instead of the truth, by control. */
export type ClusterFault =
  /** Connections are refused. */
  | 'refuse'
  /** Connections are taken and never answered; streams are silent. */
  | 'hang'
  /** Streams stop in the middle of an event and stay open. */
  | 'hang-streams'
  /** Streams are cut in the middle of an event. */
  | 'half-events'
  /** Every credential is refused (401). */
  | 'unauthorized'
  /** Reading one kind, or all, is forbidden (403). */
  | 'forbid'
  /** 429 with Retry-After; running streams go on. */
  | 'throttle'
  /** 500. */
  | 'error'
  /** It answers with another cluster's content. */
  | 'impostor'
  /** Watches are closed after a second. */
  | 'close-watches'
  /** Watches answer 410 Gone. */
  | 'gone'
  /** Its clock is wrong: the Date header and the times that it writes. */
  | 'clock-skew';

export const CLUSTER_FAULTS: readonly ClusterFault[] = [
  'refuse',
  'hang',
  'hang-streams',
  'half-events',
  'unauthorized',
  'forbid',
  'throttle',
  'error',
  'impostor',
  'close-watches',
  'gone',
  'clock-skew',
];

export interface ClusterFaultOptions {
  /** Limits the fault to requests of one plural, such as `kustomizations`. */
  kind?: string;
  /** What an impostor answers with. */
  store?: ObjectStore;
  /** How far the clock is off, in milliseconds; an hour ahead unless given. */
  skewMs?: number;
}

/** The API server of one cluster. */
export interface ClusterServer {
  readonly name: string;
  /** Such as `http://127.0.0.1:7020`. */
  readonly url: string;
  /** The bearer token that reads; read anew where the file changes. */
  readonly token: string;
  /** The bearer token that may do everything, for kubectl. */
  readonly adminToken: string;
  readonly store: ObjectStore;
  /** Requests since the start, whatever was answered. */
  readonly requests: {
    count: number;
    /** Of those, how many asked for a watch. */
    watches: number;
    /** By plural, or the first part of the path, such as `version`. */
    byKind: Record<string, number>;
    /** By status; what was never answered is in none. */
    byStatus: Record<string, number>;
  };
  /** Watches that are open now. */
  readonly openWatches: number;
  /** Puts another token in place, in its file where it has one. */
  setToken(token: string): void;
  /** Switches a fault on, in place of the one before; undefined ends it. */
  setFault(
    fault: ClusterFault | undefined,
    options?: ClusterFaultOptions,
  ): Promise<void>;
  readonly fault: { fault: ClusterFault; kind?: string } | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
}
