import { ClusterServiceState } from './cluster';
import { AccessWish } from './linkAccess';
import { ReleaseIntent } from './release';
import { ServiceRef } from './serviceRef';
import { Verdict } from './verdict';

/** What somebody wishes for. @public */
export type RequestIntent = Exclude<ReleaseIntent, 'hand-edit' | 'removed'>;

/** What somebody wishes for of an entry of the backbone-gateway. @public */
export type AccessIntent = 'access-add' | 'access-remove';

/**
 * How far a release request is.
 *
 * - `pending`: waits for a decision.
 * - `held`: approved, but a freeze or an unreachable remote keeps it.
 * - `approved`: waits to be written.
 * - `committed`: its commit is on the branch.
 * - `succeeded`: every cluster of the environment runs it; or nobody tells,
 *   with the code `no-clusters`, or `replaced` by a later release before.
 * - `rejected`, `cancelled`, `expired`: ended without a commit, by a decider,
 *   its requester, or time.
 * - `outdated`: what it was judged on has changed; it has to be asked anew.
 * - `superseded`: a newer request for the same service and environment.
 * - `failed`: it couldn't be written, or didn't arrive.
 *
 * @public
 */
export type RequestState =
  | 'pending'
  | 'held'
  | 'approved'
  | 'committed'
  | 'succeeded'
  | 'rejected'
  | 'cancelled'
  | 'expired'
  | 'outdated'
  | 'superseded'
  | 'failed';

/** The states in which a request may still become a commit. @public */
export const OPEN_REQUEST_STATES: readonly RequestState[] = [
  'pending',
  'held',
  'approved',
];

/** What somebody wishes to have released. @public */
export type ReleaseWish = {
  service: ServiceRef;
  environment: string;
} & (
  | { intent: 'release-artifact'; artifactId: string }
  /**
   * The newest build of the branch; where `artifactId` names the one that was
   * shown, it is refused with `changed` once that is another.
   */
  | { intent: 'release-branch'; branch: string; artifactId?: string }
  /**
   * What the environment before runs; the first takes the newest build of the
   * main branch. `artifactId` as of a branch's newest.
   */
  | { intent: 'promote'; artifactId?: string }
  /**
   * An earlier release of this service and environment, by its position; and
   * by its commit, which is another one there once the history was rewritten.
   */
  | { intent: 'rollback'; position: number; revision?: string }
);

/** Somebody who asks or decides. @public */
export interface RequestPerson {
  /** Entity ref of a User, in lower case. */
  entityRef: string;
  /** As the catalog names them. */
  name?: string;
}

/** Who has to decide a request, and why. @public */
export interface RequestRequirement {
  /** How many different people have to approve; 0 where nobody has to. */
  approvals: number;
  /** A platform engineer has to be one of them, or approve as well. */
  platform: boolean;
  /** Why, as a sentence that names the rule. */
  reason: string;
}

/** Somebody who may decide a request now. @public */
export interface RequestDecider extends RequestPerson {
  role: 'lead' | 'platform';
}

/** A decision on a request; it is final. @public */
export interface RequestDecision {
  by: RequestPerson;
  decision: 'approve' | 'reject' | 'override';
  /** `lead`: of the squad; of any squad where a block was gone over. */
  role: 'lead' | 'platform';
  /** When, ISO 8601. */
  at: string;
  comment?: string;
  /** The reasons of the warnings that were accepted. */
  accepted: string[];
}

/** A step in a request's life. @public */
export interface RequestStep {
  /** When, ISO 8601. */
  at: string;
  /** The state that it moved to; absent for a step within one. */
  state?: RequestState;
  /** Machine-readable: `asked`, `approved`, `push-refused`, `cluster-running`, … */
  code: string;
  /** What happened, for people; absent where the code says all. */
  message?: string;
  by?: RequestPerson;
  cluster?: string;
}

/** How a request stands in one cluster of its environment, once committed. @public */
export interface RequestCluster {
  cluster: string;
  /** `waiting`: it hasn't the commit yet; `arrived`: it has, and isn't there yet. */
  state: 'waiting' | 'arrived' | 'running' | 'failed';
  /** How the service stands there, as the board has it. */
  service?: ClusterServiceState;
  /** Why it isn't running, in Flux's or the workload's words; of one that runs, what isn't told. */
  reason?: string;
  /** Since when, ISO 8601. */
  since: string;
}

/** The release that a request replaces. @public */
export interface ReplacedRelease {
  artifactId?: string;
  position: number;
  /** ISO 8601. */
  releasedAt: string;
}

/**
 * How much lies between the release that a request replaces and the requested
 * artifact.
 *
 * @public
 */
export interface RequestChangeCount {
  /** `commits`: from the source history; `builds`: from the artifacts that are known, because no history tells. */
  kind: 'commits' | 'builds';
  total: number;
  /** The requested artifact is the older one: so many are undone. */
  undoes: boolean;
}

/** The entry of the backbone-gateway that a request is about. @public */
export interface AskedAccess {
  /** As it was asked for, with the squad that the entry names. */
  wish: AccessWish;
  /** The entry's id, as the gateway's entries have it. */
  entryId: string;
  /** The file that declares entries, in the config repository. */
  path: string;
  /** The lines that come or go. */
  entry: string;
  /** How code calls it; empty where that isn't known before the gateway made it. */
  address: string;
}

/** A release request, as lists show it. @public */
export interface ReleaseRequest {
  /** `REQ-` and a number. */
  id: string;
  /**
   * Of access: the service whose squad decides: the one that is called, or the
   * one that asks where a resource outside of the mesh is called.
   */
  service: ServiceRef;
  /** Of access: that of the cluster where the entry lies; empty where it carries none. */
  environment: string;
  /** Entity ref of the squad's Group when it was asked; it doesn't change. */
  squad?: string;
  squadTitle?: string;
  intent: RequestIntent | AccessIntent;
  /** Of access through the backbone-gateway; absent of a release. */
  access?: AskedAccess;
  /** Empty of access. */
  artifactId: string;
  fromEnvironment?: string;
  ofBranch?: string;
  replaces?: ReplacedRelease;
  /** Null where it isn't known. */
  changeCount: RequestChangeCount | null;
  reason?: string;
  requestedBy: RequestPerson;
  /** ISO 8601. */
  requestedAt: string;
  /** When it ends undecided, ISO 8601; absent once it is decided. */
  expiresAt?: string;
  state: RequestState;
  /** Since when, ISO 8601. */
  since: string;
  /** Why it is in this state, machine-readable; as of its last step. */
  code: string;
  /** The same for people; absent where the code says all. */
  message?: string;
  requirement: RequestRequirement;
  decisions: RequestDecision[];
  /** As of when it was last judged. */
  verdicts: Verdict[];
  /** A block was overridden. */
  override: boolean;
  commit?: { revision: string; position?: number; url?: string };
  /**
   * The clusters of its environment, once committed. Of access: those that it
   * is called from, or else the one that it lies at.
   */
  clusters: RequestCluster[];
  /** The request that took its place. */
  supersededBy?: string;
  /** Requests that were asked together have the same. */
  batch?: string;
  /** Whether the reader may decide it now. */
  mayDecide: boolean;
}

/** Whether something may be done; where not, why, and what would help. @public */
export type Permit =
  | { allowed: true }
  | {
      allowed: false;
      /** `requester`, `not-a-lead`, `not-a-person`, `already-decided`, `blocked`, `changed`, `state`, `permission`, `already-there`, `missing`, `unknown`, `reading-anew`, `too-soon`, `nobody`. */
      code: string;
      message: string;
    };

/** Which requests a list shows. @public */
export interface RequestQuery {
  /**
   * `waiting`: the reader may decide them now; `others`: open, and others
   * decide; `mine`: asked by the reader; `decided`: no longer open; `all`.
   */
  status?: 'waiting' | 'others' | 'mine' | 'decided' | 'all';
  squad?: 'mine' | 'all' | string[];
  environments?: string[];
  service?: ServiceRef;
  before?: string;
  /** 1 to 200, 50 by default. */
  limit?: number;
}

/**
 * A page of requests: open ones oldest first, others newest first; of those
 * that wait for the reader, what expires within the hour before all.
 *
 * @public
 */
export interface RequestPage {
  asOf: string;
  items: ReleaseRequest[];
  next?: string;
  /** Of all that the reader may see. */
  counts: { waiting: number; others: number; mine: number };
  /**
   * Why it can't be told what waits for the reader: all that is open counts
   * among the others'.
   */
  waitingUnknown?: string;
}
