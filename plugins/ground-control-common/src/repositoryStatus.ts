/**
 * How well the config repository is read.
 *
 * - `starting`: nothing has been read since the first start.
 * - `ingesting`: history is being read for the first time, or anew after a
 *   rewrite; what is shown is not complete.
 * - `fresh`: fetched lately, all commits read.
 * - `stale`: the last successful fetch is older than it should be.
 * - `unreachable`: no connection, or no answer in time.
 * - `forbidden`: the remote refuses our credentials.
 * - `missing`: the remote knows no such repository.
 * - `empty`: the repository, or the configured branch, has no commit.
 * - `failing`: anything else; the reason tells.
 *
 * @public
 */
export type RepositoryState =
  | 'starting'
  | 'ingesting'
  | 'fresh'
  | 'stale'
  | 'unreachable'
  | 'forbidden'
  | 'missing'
  | 'empty'
  | 'failing';

/**
 * What is known of the config repository, and how old it is.
 *
 * @public
 */
export interface RepositoryStatus {
  state: RepositoryState;
  branch: string;
  /** Why the state isn't fresh, for people; never contains a credential. */
  reason?: string;
  /** The commit that all answers are about. */
  revision?: string;
  /** Its number on the branch's first-parent line; the first commit is 1. */
  position?: number;
  /** When that commit was made, ISO 8601. */
  committedAt?: string;
  /** When the remote last answered a fetch, ISO 8601. */
  observedAt?: string;
  /** While ingesting: commits read, and to read. */
  progress?: { done: number; total: number };
  /** When a rewritten history was last noticed, ISO 8601. */
  rewrittenAt?: string;
}
