import { Artifact } from './artifact';
import { ClusterServiceState } from './cluster';
import type { AccessLink, AccessUser, AccessWish } from './linkAccess';
import { FileDiff } from './manifestDiff';
import { Release, ReleaseIntent } from './release';
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
  /** Why it isn't running, in Flux's or the workload's words. */
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

/** What lies between the running artifact and the requested one. @public */
export interface RequestChanges {
  /**
   * `commits`: from the source history; `builds`: from the artifacts that are
   * known, because no history tells; `unknown`: neither, and `message` says why.
   */
  kind: 'commits' | 'builds' | 'unknown';
  /** Newest first, at most 50. Of a rollback: what it undoes. */
  items: Array<{
    commit?: string;
    artifactId?: string;
    message?: string;
    author?: string;
    /** ISO 8601. */
    at?: string;
    url?: string;
  }>;
  /** How many there are in all, where known. */
  total?: number;
  message?: string;
  /**
   * Where commits aren't told: those of the two artifacts, the older one first
   * on one branch, and where their Git host compares them.
   */
  compare?: { from: string; to: string; url?: string };
}

/** How a service stands to that of a request: it calls it, is called by it, or both. @public */
export type RequestRelation = 'caller' | 'callee';

/** Somebody else's release beside a request. @public */
export interface OtherRelease extends Release {
  /** Empty where neither is known to call the other. */
  relations: RequestRelation[];
}

/** Who may notice a release of a service, and what runs of it now. @public */
export interface RequestReach {
  /** Services that call it, by name; at most 50, of those that the reader may see. */
  callers: ServiceRef[];
  /** How many there are in all. */
  totalCallers: number;
  /** How many of them the reader may not see. */
  hiddenCallers: number;
  /** Callers by relations of the catalog; null where it doesn't know the service. */
  declared: number | null;
  /** Callers whose calls the mesh counted lately; null where that isn't known. */
  observed: number | null;
  /** Why calls aren't counted, or not all of them. */
  observedMissing?: string;
  /**
   * Pods of the service in the clusters of the environment that tell of them;
   * null where none does.
   */
  pods: { ready: number; desired: number; clusters: number } | null;
}

/** What a manifest difference changes that matters most. @public */
export interface DiffHighlight {
  /**
   * `migration`: a Job or init container that says in its name or image that it
   * migrates something. Of `env` and `secret` only names are told.
   */
  kind: 'migration' | 'image' | 'replicas' | 'resources' | 'env' | 'secret';
  /** What has it: a container, a variable, a Secret, or the object by kind and name. */
  name: string;
  /** Absent where it is added, or values aren't told. */
  before?: string;
  /** Absent where it is removed, or values aren't told. */
  after?: string;
  /** `same`: of a migration alone, which runs with the release nonetheless. */
  change: 'added' | 'removed' | 'modified' | 'same';
}

/** Manifests now against those that the request would write, Secrets masked. @public */
export interface RequestDiff {
  /** Those with highlights first; those that only label the build anew last. */
  files: FileDiff[];
  /** What matters most of it, at most 30; absent where it isn't manifests of a service. */
  highlights?: DiffHighlight[];
  unchangedFiles: number;
  /** Why there is no difference to show. */
  missing?: string;
}

/** What a request for access is decided by, as its reader may see it. @public */
export interface AccessStanding {
  /** From each cluster that is to call, in the wish's order. */
  links: AccessLink[];
  /** On a removal: who uses it still. */
  users: AccessUser[];
  /** How many more use it whom the reader may not see. */
  hiddenUsers: number;
}

/** All that somebody needs to decide a request. @public */
export interface ReleaseRequestDetail {
  asOf: string;
  request: ReleaseRequest;
  /** Of an open request for access; absent of others. */
  access?: AccessStanding;
  /** The requested artifact, where it can be read. */
  artifact?: Artifact;
  /** The release that is current now, which may no longer be the one replaced. */
  current?: Release;
  /** Verdicts of now; of when it ended for one that has ended. */
  verdicts: Verdict[];
  /** What a decision is bound to; a decision gives it back. */
  evidence: string;
  /** What changed since the request was judged, as sentences. */
  changed: string[];
  deciders: RequestDecider[];
  /** Why it can't be told now who may decide; absent where it can. */
  decidersUnknown?: string;
  changes: RequestChanges;
  /**
   * Others' releases in this environment in the last hour, at most 10: those of
   * callers and callees first, newest first.
   */
  others: OtherRelease[];
  /** Of an open request for a release; absent of others. */
  reach?: RequestReach;
  /** Clusters that carry the environment. */
  targetClusters: string[];
  timeline: RequestStep[];
  approve: Permit;
  reject: Permit;
  cancel: Permit;
  override: Permit;
  /**
   * To remind those who decide. Refused with `state` once it doesn't wait any
   * more, with `permission` to who may not ask for releases of the service,
   * with `too-soon` within 30 minutes of the last time, and with `nobody`
   * where there is nobody to remind.
   */
  remind: Permit;
}

/** What a wish would come to; nothing is written. @public */
export interface RequestPreview {
  wish: ReleaseWish;
  /** Whether it may be asked for. */
  ask: Permit;
  artifactId?: string;
  artifact?: Artifact;
  current?: Release;
  verdicts: Verdict[];
  requirement?: RequestRequirement;
  deciders: RequestDecider[];
  changes: RequestChanges;
  diff: RequestDiff;
  targetClusters: string[];
  /** An auto-release of this environment that would replace a rollback, by its branch. */
  autoReleaseOf?: string;
  /** Whether it can be switched off for a while: only where Ground Control does it. */
  autoReleasePausable?: boolean;
  /** Open requests for the same service and environment, which this one would supersede. */
  supersedes: string[];
}

/** An artifact that can be released. @public */
export interface ReleaseCandidate {
  artifact: Artifact;
  /** Environments that run it now. */
  runsIn: string[];
  /** Whether its files can still be had from the artifact store. */
  stored: boolean;
  /** What is usually meant: what the environment before runs. */
  recommended: boolean;
}

/** An earlier release that can be gone back to. @public */
export interface RollbackCandidate {
  release: Release;
  /**
   * How long at a stretch clusters reported no failure of it, in seconds; 0
   * where it failed until it was replaced. Absent where clusters weren't watched
   * all the while, so that nobody knows.
   */
  healthyForSeconds?: number;
  /**
   * The last that stayed healthy for an hour; where none is known to, the last
   * that stood for an hour and of which nobody knows.
   */
  recommended: boolean;
}

/** What can be released to an environment, and gone back to. @public */
export interface ReleaseChoices {
  asOf: string;
  current?: Release;
  /** Newest first, at most 50. */
  candidates: ReleaseCandidate[];
  /** The cursor of older ones; absent where there are none. */
  nextCandidates?: string;
  /** Newest first, at most 10; the current one isn't among them. */
  rollbacks: RollbackCandidate[];
  /** The cursor of older ones; absent where there are none. */
  nextRollbacks?: string;
  /** Branches of the candidates, the main branch first. */
  branches: string[];
  ask: Permit;
}

/** Which artifacts that can be released a page shows. @public */
export interface CandidateQuery {
  /** A part of the id, commit, branch, author's name or message, without regard to case. */
  text?: string;
  before?: string;
}

/**
 * A page of artifacts that can be released, newest first, at most 50. The
 * choices tell which is recommended; none is here. One of a search may have
 * few, or none, and still a next one.
 *
 * @public
 */
export interface CandidatePage {
  asOf: string;
  items: ReleaseCandidate[];
  next?: string;
}

/**
 * A page of earlier releases, newest first, at most 10; one is recommended on
 * the first at most.
 *
 * @public
 */
export interface RollbackPage {
  asOf: string;
  items: RollbackCandidate[];
  next?: string;
}

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

/** A page of requests: open ones oldest first, others newest first. @public */
export interface RequestPage {
  asOf: string;
  items: ReleaseRequest[];
  next?: string;
  /** Of all that the reader may see. */
  counts: { waiting: number; others: number; mine: number };
}

/** Asks for releases; all or none are accepted. @public */
export interface AskForReleases {
  /** 1 to 20. */
  wishes: ReleaseWish[];
  reason?: string;
  /** Made by the client once a form: the same again changes nothing. */
  idempotencyKey: string;
  /** Of a rollback: switch the environment's auto-release off for so many hours, 1 to 168. */
  pauseAutoReleaseHours?: number;
}

/** A warning that is accepted. @public */
export interface AcceptedWarning {
  policy: string;
  /**
   * The reason as it was shown. One that changes by the moment may say
   * something else by now, and then both are recorded.
   */
  reason: string;
}

/** A decision on a request. @public */
export interface DecideRequest {
  decision: 'approve' | 'reject';
  /** As the detail gave it. */
  evidence: string;
  /** Needed to reject; at most 2,000 characters. */
  comment?: string;
  /** Each warning is needed to approve. */
  accepted?: AcceptedWarning[];
}

/** Goes over a block. @public */
export interface OverrideRequest {
  evidence: string;
  /** At least 20 characters. */
  reason: string;
}
