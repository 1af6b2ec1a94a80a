import { DecisionRow, RequestRow } from '../types';

/** A release that was read from the branch, and whose commit it is. */
export interface WatchedRelease {
  /** `edit`: its manifests were changed, and its artifact wasn't. */
  kind: 'release' | 'edit';
  position: number;
  revision: string;
  environment: string;
  namespace: string;
  service: string;
  artifact_id: string | null;
  /** Who released it, as its commit says. */
  by_name: string;
  by_email: string;
  squad_ref: string | null;
}

/** The request that a commit was built for, with its decisions. */
export interface OwnCommit {
  request: Pick<
    RequestRow,
    | 'number'
    | 'kind'
    | 'environment'
    | 'namespace'
    | 'service'
    | 'intent'
    | 'requested_by'
    | 'requested_by_email'
    | 'approvals_needed'
    | 'platform_needed'
    | 'squad_ref'
  >;
  decisions: DecisionRow[];
}
