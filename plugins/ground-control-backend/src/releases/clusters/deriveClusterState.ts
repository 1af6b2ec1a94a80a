import {
  ClusterServiceReason,
  ClusterServiceState,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  deriveConnectionState,
  HeardConnection,
} from '../../clusters/deriveConnectionState';

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

/** What a reader needs to know of a cluster. */
export interface HeardCluster extends HeardConnection {
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
