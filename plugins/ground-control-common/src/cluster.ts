import { Problem } from './problem';
import { ServiceRef } from './serviceRef';

/**
 * How a release stands in one cluster.
 *
 * - `failed`: Flux, or the workload, says that it doesn't get there or broke.
 * - `drifted`: the cluster has the release, and something else than it runs.
 * - `suspended`: Flux was told not to reconcile the service.
 * - `unknown`: what the cluster reports can't be placed, such as a revision
 *   that was not read yet; or it may not be read.
 * - `stale`: the cluster is not heard of, so that what it last reported may no
 *   longer be so.
 * - `rolling-out`: the cluster took the release up, and isn't there yet.
 * - `pending`: the release has not reached the cluster.
 * - `reconciled`: Flux applied it, and it runs.
 *
 * @public
 */
export type ClusterServiceState =
  | 'failed'
  | 'drifted'
  | 'suspended'
  | 'unknown'
  | 'stale'
  | 'rolling-out'
  | 'pending'
  | 'reconciled';

/**
 * All of them, worst first: the first that occurs is the summary of several
 * clusters.
 *
 * @public
 */
export const CLUSTER_SERVICE_STATES: readonly ClusterServiceState[] = [
  'failed',
  'drifted',
  'suspended',
  'unknown',
  'stale',
  'rolling-out',
  'pending',
  'reconciled',
];

/**
 * The one state that stands for several clusters: the worst. Undefined for
 * none.
 *
 * @public
 */
export function summarizeClusterStates(
  states: readonly ClusterServiceState[],
): ClusterServiceState | undefined {
  return CLUSTER_SERVICE_STATES.find(state => states.includes(state));
}

/**
 * How well a cluster is watched.
 *
 * - `starting`: nothing was read since this cluster was configured.
 * - `syncing`: its API answers, and the first lists are under way.
 * - `live`: every kind that we need is watched, and was heard of lately.
 * - `stale`: it was live, and is no longer heard of, for no known reason: the
 *   watcher may have died.
 * - `unreachable`: no connection, or no answer in time.
 * - `unauthorized`: it doesn't know our credentials (401).
 * - `forbidden`: it knows us, and doesn't let us read a kind that we need (403).
 * - `mistaken`: it answers as another cluster than the configured one.
 * - `untrusted`: its certificate isn't one that we trust, or is another host's.
 * - `failing`: anything else; the reason tells.
 *
 * @public
 */
export type ClusterConnectionState =
  | 'starting'
  | 'syncing'
  | 'live'
  | 'stale'
  | 'unreachable'
  | 'unauthorized'
  | 'forbidden'
  | 'mistaken'
  | 'untrusted'
  | 'failing';

/** Our own connection to a cluster. @public */
export interface ClusterConnection {
  state: ClusterConnectionState;
  /** Why it isn't live, or what of a live one isn't read, in plain words and without credentials. */
  reason?: string;
  /** Since when it is in this state, ISO 8601. */
  since?: string;
  /** When the cluster last answered, ISO 8601: the age of all that is shown of it. */
  observedAt?: string;
  /** When an object in it last changed, ISO 8601. */
  lastEventAt?: string;
  /** When platform engineers were told that it can't be read, ISO 8601; not while it is live. */
  toldAt?: string;
}

/**
 * How well one kind of object is read. `absent`: the cluster has no such kind,
 * which is no fault.
 *
 * @public
 */
export interface ClusterKindStatus {
  /** Such as `kustomizations.kustomize.toolkit.fluxcd.io`. */
  kind: string;
  state: 'starting' | 'live' | 'absent' | 'forbidden' | 'failing';
  reason?: string;
  /** How many objects there are. */
  objects: number;
  observedAt?: string;
}

/** How far a cluster follows the config repository. @public */
export interface ClusterSync {
  /**
   * The commit that Flux has applied everywhere: the oldest that any of its
   * Kustomizations has applied, without those that are suspended.
   */
  revision?: string;
  /** Its position; absent when it isn't one that we have read. */
  position?: number;
  /** Commits that we know and the cluster hasn't applied everywhere. */
  commitsBehind?: number;
  /** Seconds since the oldest of those was made. */
  secondsBehind?: number;
  /** The commit that Flux has fetched, where that is another one. */
  fetched?: { revision: string; position?: number };
  /** Kustomizations that have applied nothing yet; absent for none. */
  unapplied?: number;
  /**
   * A Kustomization that fails to apply what was fetched: the one furthest
   * behind. Only for readers who may see every service.
   */
  blockedBy?: Blocker;
  /** Why Flux's source isn't ready, in its words. */
  fault?: string;
  suspended?: boolean;
}

/**
 * A moment of a cluster's recovery; absent until it has come. In order.
 *
 * @public
 */
export interface ClusterRecovery {
  /** When the cluster before was last heard of, or the new one was made, ISO 8601. */
  startedAt: string;
  apiReachableAt?: string;
  fluxReadyAt?: string;
  firstRevisionAt?: string;
  /** Everything that Flux applies is Ready: the cluster has recovered. */
  allReadyAt?: string;
  /** While it goes on: what Flux has Ready, of all. */
  ready?: number;
  total?: number;
}

/**
 * What traffic a cluster asks for, as its RoutingWeight says: annotations that
 * cluster-routing-controller sets on Ingresses, for who routes by them.
 *
 * @public
 */
export interface ClusterRouting {
  /** Such as the key `external-dns.alpha.kubernetes.io/aws-weight`. */
  annotations: { key: string; value: string }[];
  /** Only written to a log, and set nowhere. */
  dryRun: boolean;
  /** So many name this cluster that the controller sets none of them. */
  conflicting?: number;
}

/** A cluster, and what it reports of itself. @public */
export interface ClusterStatus {
  name: string;
  /** Such as `aws`, `azure` or `gcp`. */
  provider?: string;
  region?: string;
  /** The step of promotion that it carries; absent for a cluster that carries none. */
  environment?: string;
  /** What it is for, as configured, where that is another word than an environment's. */
  role?: string;
  /** Absent where it has no RoutingWeight. */
  routing?: ClusterRouting;
  /** Entity ref of its Resource in the catalog. */
  entityRef?: string;
  connection: ClusterConnection;
  /** `confirmed`: it names itself as configured. `unknown`: it doesn't say. */
  identity: { state: 'confirmed' | 'mistaken' | 'unknown'; reported?: string };
  kubernetesVersion?: string;
  fluxVersion?: string;
  nodes?: { ready: number; total: number };
  containers?: number;
  sync: ClusterSync;
  /** How many of its services are in each state; only what the reader may see. */
  services: Record<ClusterServiceState, number>;
  /** The recovery that goes on, or the last. */
  recovery?: ClusterRecovery;
}

/** All clusters, in the configured order. @public */
export interface ClusterList {
  asOf: string;
  items: ClusterStatus[];
}

/** A service in a cluster. @public */
export interface ClusterService extends ServiceCluster {
  service: ServiceRef;
  squad?: string;
}

/** A cluster with what isn't well in it. @public */
export interface ClusterDetail extends ClusterStatus {
  asOf: string;
  kinds: ClusterKindStatus[];
  /** The services that aren't reconciled, worst first; at most 500. */
  attention: ClusterService[];
  /** Recoveries, newest first. */
  recoveries: ClusterRecovery[];
  problems: Problem[];
}

/**
 * Why a service is in its state, for machines.
 *
 * @public
 */
export type ClusterServiceReason =
  | 'applied'
  | 'waits-for-source'
  | 'waits-for-apply'
  | 'not-in-cluster'
  | 'progressing'
  | 'health-check-failed'
  | 'build-failed'
  | 'apply-failed'
  | 'prune-failed'
  | 'source-failed'
  | 'dependency-not-ready'
  | 'suspended'
  | 'runs-another-artifact'
  | 'changed-by-hand'
  | 'replicas-not-ready'
  | 'workload-missing'
  | 'image-pull'
  | 'crash-loop'
  | 'quota'
  | 'scheduling'
  | 'revision-unknown'
  | 'not-heard-of'
  | 'may-not-read'
  | 'other';

/** What keeps a service from getting on: itself an object of the cluster. @public */
export interface Blocker {
  /** Such as `Kustomization` or `GitRepository`. */
  kind: string;
  namespace: string;
  name: string;
  /** `suspended`, or in Flux's words what fails. */
  why: string;
}

/** How a service's release stands in one cluster. @public */
export interface ServiceCluster {
  cluster: string;
  environment: string;
  state: ClusterServiceState;
  reason: ClusterServiceReason;
  /** In the words of Flux or Kubernetes, with what we know beside them. */
  message?: string;
  /** Since when it is in this state, ISO 8601. */
  since: string;
  /** When the cluster last answered, ISO 8601. */
  observedAt?: string;
  blockedBy?: Blocker;
  /** The artifact that runs, as the workload says. */
  runningArtifactId?: string;
  replicas?: { ready: number; desired: number };
  /** When Flux last found and mended a difference, ISO 8601. */
  driftCorrectedAt?: string;
}

/** A cluster as boards and services name it. @public */
export interface BoardCluster {
  name: string;
  environment: string;
  provider?: string;
  region?: string;
  connection: ClusterConnection;
}
