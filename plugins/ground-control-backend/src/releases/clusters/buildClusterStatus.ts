import {
  ClusterRecovery,
  ClusterStatus,
  ClusterSync,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildConnection } from './buildConnection';
import { ServiceCounts } from './countServices';
import { Cluster } from './parseCluster';
import { ClusterRow } from './types';

/** A row of `clusters` with where it stands in the config repository. */
export interface ClusterStatusRow extends ClusterRow {
  role: string | null;
  routing: string | null;
  entity_ref: string | null;
  instance: string | null;
  identity: string | null;
  identity_state: ClusterStatus['identity']['state'];
  kubernetes_version: string | null;
  flux_version: string | null;
  nodes_ready: number | null;
  nodes_total: number | null;
  containers: number | null;
  source_revision: string | null;
  source_fault: string | null;
  source_suspended: boolean | number;
  /** Of the revision that Flux has fetched; null where it isn't known to us. */
  source_position: number | null;
  applied_revision: string | null;
  unapplied: number;
  applied_blocker: string | null;
  /** Of the revision that is applied; null where it isn't known to us. */
  applied_position: number | null;
  /** When the first commit after that one was made. */
  next_committed_at: number | string | null;
  /** Of the last commit that we know. */
  tip_position: number | null;
}

/** The commit that is applied, and how far the newest is beyond it. */
function buildApplied(row: ClusterStatusRow, now: number): ClusterSync {
  const sync: ClusterSync = {};
  if (row.applied_revision) sync.revision = row.applied_revision;
  if (row.applied_position !== null) {
    sync.position = row.applied_position;
    // A cluster that applied what we are still reading isn't behind.
    sync.commitsBehind = Math.max(
      0,
      (row.tip_position ?? 0) - row.applied_position,
    );
    sync.secondsBehind =
      sync.commitsBehind === 0 || row.next_committed_at === null
        ? 0
        : Math.max(0, Math.floor((now - Number(row.next_committed_at)) / 1000));
  }
  return sync;
}

function buildSync(
  row: ClusterStatusRow,
  { mayReadAll, now }: { mayReadAll: boolean; now: number },
): ClusterSync {
  const sync = buildApplied(row, now);
  if (row.source_revision && row.source_revision !== row.applied_revision) {
    sync.fetched = { revision: row.source_revision };
    if (row.source_position !== null)
      sync.fetched.position = row.source_position;
  }
  if (row.unapplied > 0) sync.unapplied = row.unapplied;
  // It may be a service's, and its words tell of that service.
  if (mayReadAll && row.applied_blocker) {
    sync.blockedBy = JSON.parse(row.applied_blocker);
  }
  if (row.source_fault) sync.fault = row.source_fault;
  if (row.source_suspended) sync.suspended = true;
  return sync;
}

/** A cluster as readers see it who may read clusters. */
export function buildClusterStatus(
  cluster: Cluster & { row: ClusterStatusRow },
  facts: {
    services: ServiceCounts;
    recovery: ClusterRecovery | undefined;
    /** Whether the reader may see every service. */
    mayReadAll: boolean;
    now: number;
  },
): ClusterStatus {
  const { row } = cluster;
  const { services, recovery, now } = facts;
  const status: ClusterStatus = {
    name: cluster.name,
    connection: buildConnection(cluster, { mayReadClusters: true, now }),
    identity: { state: row.identity_state },
    sync: buildSync(row, facts),
    services,
  };
  if (row.provider) status.provider = row.provider;
  if (row.region) status.region = row.region;
  if (cluster.environment) status.environment = cluster.environment;
  else if (row.role) status.role = row.role;
  if (row.routing) status.routing = JSON.parse(row.routing);
  if (row.entity_ref) status.entityRef = row.entity_ref;
  if (row.identity) status.identity.reported = row.identity;
  if (row.kubernetes_version) status.kubernetesVersion = row.kubernetes_version;
  if (row.flux_version) status.fluxVersion = row.flux_version;
  if (row.nodes_ready !== null && row.nodes_total !== null) {
    status.nodes = { ready: row.nodes_ready, total: row.nodes_total };
  }
  if (row.containers !== null) status.containers = row.containers;
  if (recovery) status.recovery = recovery;
  return status;
}
