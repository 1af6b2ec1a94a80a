import {
  AccessIntent,
  ClusterServiceState,
  RequestCluster,
  RequestIntent,
  RequestState,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A row of `release_requests`; see the migration. */
export interface RequestRow {
  number: number;
  /** `access`: to an entry of the backbone-gateway. */
  kind: 'release' | 'access';
  repository: string;
  environment: string;
  namespace: string;
  service: string;
  squad_ref: string | null;
  artifact_squad_ref: string | null;
  intent: RequestIntent | AccessIntent;
  /** Id of the entry; null of a release, as are the two below. */
  subject: string | null;
  /** The service that access is asked for. */
  for_namespace: string | null;
  for_service: string | null;
  /** Empty of access, which has no artifact, replaces nothing and goes back to nothing. */
  artifact_id: string;
  /** Of what is to be written: a release's files, or what an entry says. */
  digest: string;
  from_environment: string | null;
  of_branch: string | null;
  left_artifact_id: string | null;
  rollback_revision: string | null;
  replaces_revision: string | null;
  replaces_position: number | null;
  replaces_artifact_id: string | null;
  replaces_released_at: number | null;
  replaces_edit_revision: string | null;
  reason: string | null;
  requested_by: string;
  requested_by_name: string | null;
  requested_by_email: string | null;
  requested_at: number;
  expires_at: number | null;
  state: RequestState;
  since: number;
  code: string;
  message: string | null;
  approvals_needed: number;
  platform_needed: boolean;
  requirement_reason: string;
  /** Verdicts as JSON. */
  verdicts: string;
  evidence: string;
  override: boolean;
  override_reason: string | null;
  /** Ids of the policies whose blocks were gone over, as JSON. */
  overridden: string;
  idempotency_key: string;
  /** Of all that was asked with the key. */
  ask_digest: string;
  ordinal: number;
  batch: string | null;
  pause_auto_release_hours: number | null;
  superseded_by: number | null;
  next_attempt_at: number | null;
  attempts: number;
  revision: string | null;
  position: number | null;
  committed_at: number | null;
  deadline_at: number | null;
}

/** Of a request for a release. */
export type ReleaseRow = RequestRow & {
  kind: 'release';
  intent: RequestIntent;
};

/** Of a request for access through the backbone-gateway. */
export type AccessRow = RequestRow & {
  kind: 'access';
  intent: AccessIntent;
  subject: string;
  for_namespace: string;
  for_service: string;
};

export function isReleaseRow(row: RequestRow): row is ReleaseRow {
  return row.kind === 'release';
}

export function isAccessRow(row: RequestRow): row is AccessRow {
  return row.kind === 'access';
}

/**
 * As what somebody decided, which says what it counts as.
 *
 * - `lead`: of the squad.
 * - `platform`: the platform engineer who decides beside the squad.
 * - `platform-stand-in`: a platform engineer in the place of the squad's leads.
 * - `lead-stand-in`: of another squad, in their place.
 * - `other-lead`: of another squad, which approves nothing.
 */
export type DecisionRole =
  | 'lead'
  | 'platform'
  | 'platform-stand-in'
  | 'lead-stand-in'
  | 'other-lead';

/** A row of `release_request_decisions`. */
export interface DecisionRow {
  number: number;
  decided_by: string;
  decided_by_name: string | null;
  decided_by_email: string | null;
  decision: 'approve' | 'reject' | 'override';
  role: DecisionRole;
  comment: string | null;
  accepted: string;
  evidence: string;
  decided_at: number;
}

/** A row of `release_request_steps`. */
export interface StepRow {
  step: number;
  number: number;
  at: number;
  state: RequestState | null;
  code: string;
  message: string | null;
  by: string | null;
  by_name: string | null;
  cluster: string | null;
  told_at: number | null;
}

/** A row of `release_request_clusters`. */
export interface RequestClusterRow {
  number: number;
  cluster: string;
  state: RequestCluster['state'];
  service_state: ClusterServiceState | null;
  reason: string | null;
  since: number;
}

/** What can happen to a request; the table of transitions says from where to where. */
export type RequestEventType =
  | 'approve'
  | 'reject'
  | 'cancel'
  | 'expire'
  | 'outdate'
  | 'supersede'
  | 'hold'
  | 'resume'
  | 'commit'
  | 'succeed'
  | 'fail';

/** Something that happens to a request. */
export interface RequestEvent {
  type: RequestEventType;
  /** Milliseconds since 1970. */
  at: number;
  /** Machine-readable; it becomes the request's code. */
  code: string;
  /** For people. */
  message?: string;
  /** Entity ref of a person, or `system:` and what acted. */
  actor: string;
  actorName?: string;
  /** Columns that change with it. */
  changes?: Partial<RequestRow>;
  /** What the audit trail keeps of it beside the above. */
  details?: Record<string, string | number | boolean | string[]>;
}

/** Whether an approved request may still become a commit, and why not. */
export type RejudgeResult =
  | { kind: 'go' }
  /** Not now; to be looked at again, at `until` where that is known. */
  | { kind: 'hold'; code: string; message: string; until?: number }
  /** It isn't what was approved any more. */
  | { kind: 'outdate'; code: string; message: string }
  | { kind: 'fail'; code: string; message: string };

/** Judges a request again, right before it becomes a commit. */
export interface RequestJudge {
  /**
   * By the policies and the current release of now. The files are the caller's
   * to compare: who writes them has read them.
   */
  rejudge(
    row: RequestRow,
    options: { now: Date; signal?: AbortSignal },
  ): Promise<RejudgeResult>;
}
