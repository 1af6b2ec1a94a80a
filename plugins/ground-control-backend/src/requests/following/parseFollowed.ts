import { RequestClusterRow } from '../types';
import { FollowedCluster } from './types';

/** Reads what was noted of a request in a cluster. */
export function parseFollowed(row: RequestClusterRow): FollowedCluster {
  return {
    cluster: row.cluster,
    state: row.state,
    ...(row.service_state !== null && { service: row.service_state }),
    ...(row.reason !== null && { reason: row.reason }),
    since: row.since,
  };
}
