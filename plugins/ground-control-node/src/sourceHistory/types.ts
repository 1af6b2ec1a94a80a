/** A service as far as a source history needs it to find its repository. @public */
export interface SourceService {
  /** The artifact's own namespace; may be empty. */
  namespace: string;
  service: string;
  /** The name of the squad's Group; absent where nobody is known to own it. */
  squad?: string;
  /**
   * The page of one of its commits, as an artifact names it. It comes from
   * outside: an implementation that reads a repository's name off it must
   * check the host before it sends credentials there.
   */
  commitUrl?: string;
}

/** Which commits are wanted. @public */
export interface SourceCommitQuery {
  of: SourceService;
  /** Full ids; what these reach, themselves included, is wanted … */
  to: string[];
  /** … but for what these reach, themselves included. Full ids, may be empty. */
  notIn: string[];
  /** Older commits may be left out; milliseconds since 1970. */
  since?: number;
  /** How many commits are wanted at most. */
  limit: number;
  signal: AbortSignal;
}

/** A commit of a service's own repository. Its texts come from outside. @public */
export interface SourceCommit {
  /** Full id, in lower case. */
  commit: string;
  /** Full ids, the branch's own line first; they may lie outside of an answer. */
  parents: string[];
  /** The author's name. */
  author: string;
  /** The first line of the message. */
  title: string;
  /** The committer date, milliseconds since 1970; 0 where it is broken. */
  committedAt: number;
}

/**
 * Why a source history has no answer.
 *
 * - `unreachable`, `timeout`: the host doesn't answer.
 * - `forbidden`: it refuses our credentials.
 * - `missing`: there is no such repository, or it may not be seen.
 * - `unnamed`: what is known of the service doesn't name a repository.
 * - `too-large`: the repository is larger than we keep.
 * - `storage`: there is no room, or no right, to keep what was read.
 * - `failing`: anything else.
 *
 * @public
 */
export type SourceHistoryFault =
  | 'unreachable'
  | 'timeout'
  | 'forbidden'
  | 'missing'
  | 'unnamed'
  | 'too-large'
  | 'storage'
  | 'failing';

/** @public */
export type SourceCommitAnswer =
  | {
      /** Newest first: no commit stands behind one of its parents. */
      commits: SourceCommit[];
      /** False when there are more than `limit`. */
      complete: boolean;
      /** Of `to` and `notIn`, what the repository doesn't have. */
      unknown: string[];
    }
  | {
      kind: SourceHistoryFault;
      /** What happened, why, what to do; for people, without credentials. */
      fault: string;
    };

/**
 * Knows which commits of a service's own repository lie between two builds.
 * It is asked in the background only, never while somebody waits for a page,
 * and may take its time. What goes wrong is a value; only an abort is thrown.
 *
 * @public
 */
export interface SourceHistory {
  /** For people: where it looks, without credentials. */
  label: string;
  findCommits(query: SourceCommitQuery): Promise<SourceCommitAnswer>;
  /** Called once, when the backend stops. */
  close?(): Promise<void>;
}
