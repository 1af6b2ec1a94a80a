/** Who a commit names as its author or committer. @public */
export interface GitIdentity {
  name: string;
  email: string;
}

/**
 * A change of a tree. Changes are made in order: a folder is replaced by
 * removing it and then putting its files.
 *
 * - `put`: a file with this content.
 * - `graft`: an object that the repository has, at another place.
 * - `remove`: a file, or a folder with all in it; nothing where there is none.
 *
 * @public
 */
export type TreeChange =
  | { kind: 'put'; path: string; mode: '100644' | '100755'; content: Buffer }
  | {
      kind: 'graft';
      path: string;
      mode: '040000' | '100644' | '100755';
      object: string;
    }
  | { kind: 'remove'; path: string };

/** A commit to be written. @public */
export interface CommitPlan {
  /** Ends with a line feed. */
  message: string;
  changes: TreeChange[];
  author: GitIdentity;
  committer: GitIdentity;
  /** Of both; git keeps whole seconds. */
  at: Date;
}

/**
 * What a push came to. `moved`: the branch isn't where it was expected, and
 * nothing was written. `refused`: the other side doesn't want it, by a hook or
 * a protected branch. All others as of a fetch; after `timeout`, `unreachable`
 * and `failing` it isn't known whether the commits arrived.
 *
 * @public
 */
export type PushResult =
  | { kind: 'pushed' }
  | {
      kind:
        | 'moved'
        | 'refused'
        | 'forbidden'
        | 'missing'
        | 'unreachable'
        | 'timeout'
        | 'failing';
      /** What happened, why, what to do; without credentials. */
      reason: string;
    };

/** How commits are signed. @public */
export type CommitSigning =
  | { format: 'ssh'; keyFile: string }
  | { format: 'openpgp'; keyId: string; home?: string };
