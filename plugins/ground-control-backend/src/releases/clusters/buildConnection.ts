import { ClusterConnection } from '@ground-control/backstage-plugin-ground-control-common';
import {
  deriveConnectionState,
  STALE_AFTER_MS,
} from '../../clusters/deriveConnectionState';
import { formatTime } from '../formatTime';
import { Cluster } from './parseCluster';

const WHY_STALE =
  'Nothing was heard of the cluster for more than 30 seconds, for no known reason. Is the backend that watches it running?';

/**
 * The connection to a cluster as a reader sees it.
 *
 * @param mayReadClusters - without it, the state and its age alone: the reason
 * may tell of addresses
 */
export function buildConnection(
  cluster: Cluster,
  options: { mayReadClusters: boolean; now: number },
): ClusterConnection {
  const { row, observedAt } = cluster;
  const state = deriveConnectionState(cluster, options.now);
  const connection: ClusterConnection = { state };
  if (observedAt !== undefined) connection.observedAt = formatTime(observedAt);
  if (!options.mayReadClusters) {
    return connection;
  }
  const turnedStale = state !== cluster.connection;
  const known = state === 'live' ? cluster.unread : row.reason;
  const reason = turnedStale ? WHY_STALE : known;
  if (reason) connection.reason = reason;
  connection.since = formatTime(
    turnedStale
      ? (observedAt ?? cluster.since) + STALE_AFTER_MS
      : cluster.since,
  );
  if (row.last_event_at !== null) {
    connection.lastEventAt = formatTime(row.last_event_at);
  }
  if (state !== 'live' && row.told_at) {
    connection.toldAt = formatTime(row.told_at);
  }
  return connection;
}
