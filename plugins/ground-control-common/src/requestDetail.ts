import { Artifact } from './artifact';
import { AccessLink, AccessUser } from './linkAccess';
import { FileDiff } from './manifestDiff';
import { Release } from './release';
import {
  Permit,
  ReleaseRequest,
  ReleaseWish,
  RequestDecider,
  RequestRequirement,
  RequestState,
  RequestStep,
} from './request';
import { ServiceRef } from './serviceRef';
import { Verdict } from './verdict';

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

/** Another release beside a request. @public */
export interface OtherRelease extends Release {
  /** Empty of the service itself, and where neither is known to call the other. */
  relations: RequestRelation[];
}

/** A request beside another, for what is approved and not released yet. @public */
export interface OtherRequest {
  id: string;
  service: ServiceRef;
  artifactId: string;
  state: Extract<RequestState, 'approved' | 'held'>;
  /** Since when it is in that state, ISO 8601. */
  since: string;
  /** Empty of the service itself. */
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

/** How a rollback keeps an auto-release from replacing it. @public */
export interface AutoReleasePause {
  /** For so many hours from the approval on. */
  hours: number;
  /** Until when it holds, or held; absent before it began, and of one that a later rollback took over. */
  until?: string;
  /** What keeps it from being begun or ended, where something does. */
  fault?: string;
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
   * Whether the request that took its place brings all that it would have
   * brought; absent where none did, or that isn't known.
   */
  supersededIncludes?: boolean;
  /**
   * Other releases in this environment in the last hour, at most 10: those of
   * the service itself, its callers and callees first, newest first.
   */
  others: OtherRelease[];
  /**
   * What is to come there of the service itself, its callers and callees, at
   * most 10: the service's own first, oldest first.
   */
  otherRequests: OtherRequest[];
  /** Of an open request for a release; absent of others. */
  reach?: RequestReach;
  /** Of a rollback that pauses an auto-release; absent of others. */
  autoReleasePause?: AutoReleasePause;
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
  /** To ask for the same again; absent of what is open, and of access. */
  repeat?: Permit;
}

/**
 * What a request would wait for first.
 *
 * - `nobody`: it goes out at once.
 * - `approval`: those who have to decide.
 * - `override`: somebody who goes over a lasting block, and then for those who
 *   have to decide, where anybody has to.
 *
 * @public
 */
export type RequestWait = 'nobody' | 'approval' | 'override';

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
  /** Absent where it can't be asked for, whoever asks. */
  waitsFor?: RequestWait;
  deciders: RequestDecider[];
  /** Why it can't be told who decides. */
  decidersUnknown?: string;
  changes: RequestChanges;
  diff: RequestDiff;
  targetClusters: string[];
  /** An auto-release of this environment that would replace a rollback, by its branch. */
  autoReleaseOf?: string;
  /** Open requests for the same service and environment, which this one would supersede. */
  supersedes: string[];
}
