import { LocatedCluster } from '../types';
import { configuredRow } from './syncClusters';
import { ClusterRow } from './types';

/** The row of a cluster that nobody has seen yet. */
export function emptyClusterRow(
  definition: LocatedCluster,
  ordinal: number,
  now: number,
): ClusterRow {
  return {
    cluster: definition.name,
    ...configuredRow(definition, ordinal),
    connection: 'starting',
    reason: null,
    since: now,
    observed_at: null,
    last_event_at: null,
    instance: null,
    identity: null,
    identity_state: 'unknown',
    kubernetes_version: null,
    flux_version: null,
    nodes_ready: null,
    nodes_total: null,
    containers: null,
    source_revision: null,
    source_fault: null,
    source_suspended: false,
    applied_revision: null,
    unapplied: 0,
    applied_blocker: null,
    routing: null,
    kinds: '[]',
  };
}
