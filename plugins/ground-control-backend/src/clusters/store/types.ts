import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';

/** A row of `clusters`, but for the wish to look, which others leave. */
export interface ClusterRow {
  cluster: string;
  ordinal: number;
  provider: string | null;
  region: string | null;
  environment: string | null;
  role: string | null;
  entity_ref: string | null;
  connection: ClusterConnectionState;
  reason: string | null;
  since: number;
  observed_at: number | null;
  last_event_at: number | null;
  instance: string | null;
  identity: string | null;
  identity_state: 'confirmed' | 'mistaken' | 'unknown';
  kubernetes_version: string | null;
  flux_version: string | null;
  nodes_ready: number | null;
  nodes_total: number | null;
  containers: number | null;
  source_revision: string | null;
  source_fault: string | null;
  source_suspended: boolean;
  applied_revision: string | null;
  unapplied: number;
  /** As JSON. */
  applied_blocker: string | null;
  /** The ClusterRouting, as JSON. */
  routing: string | null;
  /** As JSON. */
  kinds: string;
}

/** A row of `cluster_services`. */
export interface ClusterServiceRow {
  repository: string;
  cluster: string;
  environment: string;
  namespace: string;
  service: string;
  release_position: number;
  state: string;
  reason: string;
  message: string | null;
  since: number;
  /** As JSON. */
  blocked_by: string | null;
  running_artifact_id: string | null;
  replicas_ready: number | null;
  replicas_desired: number | null;
  drift_corrected_at: number | null;
}

/** Whose services' rows are meant. */
export interface ClusterScope {
  repository: string;
  cluster: string;
  environment: string;
}
