import {
  ClusterConnectionState,
  ClusterServiceReason,
  ClusterServiceState,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A row of `clusters`, as far as boards and services need it. */
export interface ClusterRow {
  cluster: string;
  provider: string | null;
  region: string | null;
  environment: string | null;
  connection: ClusterConnectionState;
  reason: string | null;
  since: number | string;
  observed_at: number | string | null;
  last_event_at: number | string | null;
  /** When it was told that it can't be read; not read for boards. */
  told_at?: number | string | null;
  kinds: string;
}

/** A row of `cluster_services`, as far as boards need it. */
export interface ClusterStateRow {
  cluster: string;
  environment: string;
  namespace: string;
  service: string;
  release_position: number;
  state: ClusterServiceState;
  /** 1 where it waits for something that is suspended or fails. */
  blocked: number;
}

/** A row of `cluster_services`. */
export interface ClusterServiceRow extends Omit<ClusterStateRow, 'blocked'> {
  reason: ClusterServiceReason;
  message: string | null;
  since: number | string;
  blocked_by: string | null;
  running_artifact_id: string | null;
  replicas_ready: number | null;
  replicas_desired: number | null;
  drift_corrected_at: number | string | null;
}
