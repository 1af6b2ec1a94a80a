import {
  ClusterConnectionState,
  ClusterServiceReason,
  ClusterServiceState,
} from '@ground-control/backstage-plugin-ground-control-common';

/**
 * A watcher hears of its cluster every 5 s at least, and says so in the
 * database: after this long nobody watches, whatever the row says.
 */
export const STALE_AFTER_MS = 30_000;

/** How a release stands in a cluster, without the words. */
export interface ClusterStanding {
  state: ClusterServiceState;
  reason: ClusterServiceReason;
}

/** What the watcher judged last, and on which release. */
export interface JudgedState {
  state: ClusterServiceState;
  release_position: number;
}

/** What a reader needs to know of a cluster; times are milliseconds since 1970. */
export interface HeardCluster {
  /** As the watcher left it. */
  connection: ClusterConnectionState;
  since: number;
  observedAt?: number;
  /** Flux's Kustomizations are forbidden to us, so that no release can be placed. */
  mayNotRead: boolean;
}

const NOT_HEARD_OF: ClusterStanding = {
  state: 'stale',
  reason: 'not-heard-of',
};
const MAY_NOT_READ: ClusterStanding = {
  state: 'unknown',
  reason: 'may-not-read',
};
/** Its first lists are under way, and nothing was judged of this release. */
const NOT_READ_YET: ClusterStanding = {
  state: 'unknown',
  reason: 'not-heard-of',
};
const NOT_ARRIVED: ClusterStanding = {
  state: 'pending',
  reason: 'waits-for-source',
};

/**
 * What the watcher's last word on a connection means now: a watcher that died
 * can't say that it did.
 */
export function deriveConnectionState(
  cluster: HeardCluster,
  now: number,
): ClusterConnectionState {
  if (cluster.connection !== 'live' && cluster.connection !== 'syncing') {
    return cluster.connection;
  }
  const heardAt = cluster.observedAt ?? cluster.since;
  return now - heardAt > STALE_AFTER_MS ? 'stale' : cluster.connection;
}

/**
 * How a service's current release stands in a cluster now, from what its
 * watcher judged last.
 *
 * @param judged - undefined where it judged nothing of the service
 * @returns `judged` itself where it still counts
 */
export function deriveClusterState<Judged extends JudgedState>(
  judged: Judged | undefined,
  cluster: HeardCluster,
  release: { position: number },
  now: number,
): Judged | ClusterStanding {
  const connection = deriveConnectionState(cluster, now);
  if (connection === 'forbidden') return MAY_NOT_READ;
  if (connection !== 'live' && connection !== 'syncing') return NOT_HEARD_OF;
  if (cluster.mayNotRead) return MAY_NOT_READ;
  if (judged && judged.release_position >= release.position) return judged;
  return connection === 'live' ? NOT_ARRIVED : NOT_READ_YET;
}
