import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { BlobReader } from './BlobReader';
import { ClaimedFolder, claimFolder } from './claimFolder';
import { clearLocks } from './clearLocks';
import {
  classifyFetchFailure,
  describeFetchFailure,
  FetchFailure,
} from './classifyFetchFailure';
import { classifyPush, describePushFailure } from './classifyPushFailure';
import { fetchBranch, formatMirrorRef } from './commands/fetchBranch';
import { findContained } from './commands/findContained';
import { findEntry } from './commands/findEntry';
import { initMirror } from './commands/initMirror';
import { countRevisions, listRevisions } from './commands/listRevisions';
import { ListedFile, listFiles } from './commands/listFiles';
import { logCommits, LoggedCommit } from './commands/logCommits';
import { pushBranch } from './commands/pushBranch';
import { FoundMessage, searchMessages } from './commands/searchMessages';
import { readRef } from './commands/readRef';
import { countObjects, needsRepack, repack } from './commands/repack';
import { writeCommits } from './commands/writeCommits';
import { GitCredentials } from './gitEnvironment';
import { GitRunner } from './GitRunner';
import { RemoteUrl } from './remoteUrl';
import { CommitPlan, CommitSigning, PushResult } from './writing';

/** What a fetch found. @public */
export type FetchResult =
  | { kind: 'fetched'; tip: string }
  | {
      kind: Exclude<FetchFailure, 'mirror-broken'>;
      /** What happened, why, what to do; without credentials. */
      reason: string;
    };

/** @public */
export interface MirrorOptions {
  remote: RemoteUrl;
  /** Must have passed findBranchNameFault. */
  branch: string;
  /** The folder under which the mirror is kept. */
  directory: string;
  timeoutMs: number;
  /** Where the time limit is configured; that of the config repository by default. */
  timeoutSetting?: string;
  logger: LoggerService;
  /** Asked before each fetch, so that a renewed token counts at once. */
  readCredentials?: () => Promise<GitCredentials>;
  runner?: GitRunner;
}

/** The first fetch brings the whole history and may take this much longer. */
const FIRST_FETCH_FACTOR = 5;
const LOCAL_TIMEOUT_MS = 10 * 60_000;

/**
 * A bare copy of one branch of a repository. It is disposable: whatever is
 * wrong with it is mended by fetching anew. It has no work tree, and git writes
 * objects first and the ref last, so a reader never sees a tip whose objects
 * are missing. Commits are written as objects alone: only a fetch moves its
 * ref, after the remote took them.
 *
 * @public
 */
export class Mirror {
  readonly #options: MirrorOptions;
  readonly #runner: GitRunner;
  #folder?: Promise<ClaimedFolder>;
  #objects?: BlobReader;
  #queue: Promise<unknown> = Promise.resolve();
  #tip?: string;
  #objectFormat: 'sha1' | 'sha256' = 'sha1';

  constructor(options: MirrorOptions) {
    this.#options = options;
    this.#runner =
      options.runner ??
      new GitRunner({
        home: join(options.directory, 'home'),
        logger: options.logger,
      });
  }

  /** The commit that the last fetch of this process found. */
  get tip(): string | undefined {
    return this.#tip;
  }

  /**
   * Brings the mirror up to the remote's branch. Fetches of one mirror wait
   * for each other. What the remote does is a value; only an abort, or a disk
   * that can't be written, is thrown.
   */
  fetch(options: { signal?: AbortSignal } = {}): Promise<FetchResult> {
    return this.#oneAtATime(() => this.#fetch(options.signal));
  }

  /** Throws the copy away; the next fetch makes a new one. */
  discard(): Promise<void> {
    return this.#oneAtATime(() => this.#discard());
  }

  /** Joins small packs when there are many, or all after a rewrite. */
  tidy(options: { all?: boolean; signal?: AbortSignal } = {}): Promise<void> {
    return this.#oneAtATime(async () => {
      const gitDir = await this.#gitDir();
      const count = await countObjects(this.#runner, gitDir);
      if (options.all || (count && needsRepack(count))) {
        await repack(this.#runner, {
          gitDir,
          all: options.all ?? false,
          signal: options.signal,
        });
      }
    });
  }

  /** The new commits of the first-parent line, oldest first; see logCommits. */
  async *log(options: {
    from?: string;
    to: string;
    keep: (path: string) => boolean;
    signal?: AbortSignal;
  }): AsyncGenerator<LoggedCommit[]> {
    yield* logCommits(this.#runner, {
      ...options,
      gitDir: await this.#gitDir(),
      timeoutMs: LOCAL_TIMEOUT_MS,
    });
  }

  /** The first-parent line of a commit, newest first; may be left early. */
  async *revisions(options: {
    to: string;
    signal?: AbortSignal;
  }): AsyncGenerator<string[]> {
    yield* listRevisions(this.#runner, {
      ...options,
      gitDir: await this.#gitDir(),
      timeoutMs: LOCAL_TIMEOUT_MS,
    });
  }

  /** How many commits of the first-parent line `from` doesn't reach. */
  async count(options: {
    from?: string;
    to: string;
    signal?: AbortSignal;
  }): Promise<number> {
    return countRevisions(this.#runner, {
      ...options,
      gitDir: await this.#gitDir(),
      timeoutMs: LOCAL_TIMEOUT_MS,
    });
  }

  /** The files at some paths of a commit; paths that it lacks are left out. */
  async files(options: {
    revision: string;
    paths: string[];
    signal?: AbortSignal;
  }): Promise<ListedFile[]> {
    return listFiles(this.#runner, {
      ...options,
      gitDir: await this.#gitDir(),
      timeoutMs: LOCAL_TIMEOUT_MS,
    });
  }

  /** The same, with folders themselves: their mode is 040000, their id the tree's. */
  async entries(options: {
    revision: string;
    paths: string[];
    signal?: AbortSignal;
  }): Promise<ListedFile[]> {
    return listFiles(this.#runner, {
      ...options,
      folders: true,
      gitDir: await this.#gitDir(),
      timeoutMs: LOCAL_TIMEOUT_MS,
    });
  }

  /**
   * Writes commits as objects, each on the one before, the first on `base`,
   * which the mirror must have. Nothing reaches them until they are pushed.
   *
   * @returns their ids, in order
   * @throws InputError for a plan that can't be written as it is; GitFault when
   * git can't, as on a full disk
   */
  write(options: {
    base: string;
    commits: CommitPlan[];
    signing?: CommitSigning;
    signal?: AbortSignal;
  }): Promise<string[]> {
    // A fetch that fails clears away what looks left behind.
    return this.#oneAtATime(async () => {
      const gitDir = await this.#gitDir();
      try {
        return await writeCommits(this.#runner, {
          ...options,
          gitDir,
          timeoutMs: LOCAL_TIMEOUT_MS,
        });
      } catch (error) {
        await clearLocks(gitDir);
        throw error;
      }
    });
  }

  /**
   * Sets the remote's branch to a commit that was written here, if it is where
   * we expect it. What the remote does is a value; only an abort is thrown, and
   * whether the commits arrived isn't known then.
   */
  async push(options: {
    expected: string;
    tip: string;
    signal?: AbortSignal;
  }): Promise<PushResult> {
    const { remote, branch, timeoutMs } = this.#options;
    const credentials = await this.#readCredentials();
    if ('kind' in credentials) return credentials;
    const outcome = await pushBranch(this.#runner, {
      ...options,
      gitDir: await this.#gitDir(),
      remote,
      branch,
      credentials,
      timeoutMs,
    });
    options.signal?.throwIfAborted();
    const kind = classifyPush(outcome);
    if (kind === 'pushed') return { kind };
    return {
      kind,
      reason: describePushFailure(kind, outcome, {
        label: remote.label,
        branch,
        timeoutMs,
      }),
    };
  }

  /** Whether a commit is reached by another, by any parent. */
  async contains(options: {
    revision: string;
    tip: string;
    signal?: AbortSignal;
  }): Promise<boolean> {
    const { revision, ...rest } = options;
    const found = await this.findContained({ ...rest, revisions: [revision] });
    return found.length > 0;
  }

  /** Which of some commits are reached by another; unknown ones are by none. */
  async findContained(options: {
    revisions: string[];
    tip: string;
    signal?: AbortSignal;
  }): Promise<string[]> {
    return findContained(this.#runner, {
      ...options,
      gitDir: await this.#gitDir(),
      timeoutMs: LOCAL_TIMEOUT_MS,
    });
  }

  /**
   * The commit of a tip's first-parent line by which it reaches another: that
   * one itself, or the merge that brought it.
   *
   * @returns undefined where it isn't reached
   */
  async findEntry(options: {
    revision: string;
    tip: string;
    signal?: AbortSignal;
  }): Promise<string | undefined> {
    if (!(await this.contains(options))) return undefined;
    return findEntry(this.#runner, {
      ...options,
      gitDir: await this.#gitDir(),
      timeoutMs: LOCAL_TIMEOUT_MS,
    });
  }

  /**
   * The messages of commits that have a trailer, by any parent; see
   * searchMessages.
   */
  async *searchMessages(options: {
    trailer: string;
    from?: string;
    to: string;
    signal?: AbortSignal;
  }): AsyncGenerator<FoundMessage[]> {
    yield* searchMessages(this.#runner, {
      ...options,
      gitDir: await this.#gitDir(),
      timeoutMs: LOCAL_TIMEOUT_MS,
    });
  }

  /** Objects by id, through one long-lived process. */
  async objects(): Promise<BlobReader> {
    const gitDir = await this.#gitDir();
    this.#objects ??= new BlobReader(this.#runner, gitDir);
    return this.#objects;
  }

  /** Ends every git process of this mirror and gives its folder back. */
  async close(): Promise<void> {
    await this.#objects?.close();
    await this.#runner.close();
    await (await this.#folder?.catch(() => undefined))?.release();
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work, work);
    this.#queue = result.catch(() => {});
    return result;
  }

  async #gitDir(): Promise<string> {
    // Of two that ask at once, both get the same.
    this.#folder ??= this.#claim().catch(error => {
      this.#folder = undefined;
      throw error;
    });
    return join((await this.#folder).path, 'mirror.git');
  }

  async #claim(): Promise<ClaimedFolder> {
    const { remote, branch, directory } = this.#options;
    const name = createHash('sha256')
      .update(`${remote.url}\0${branch}`)
      .digest('hex')
      .slice(0, 16);
    const folder = await claimFolder(join(directory, name));
    await clearLocks(join(folder.path, 'mirror.git'));
    return folder;
  }

  async #readCredentials(): Promise<
    GitCredentials | { kind: 'forbidden'; reason: string }
  > {
    try {
      return (await this.#options.readCredentials?.()) ?? {};
    } catch (error) {
      return {
        kind: 'forbidden',
        reason: isError(error)
          ? error.message
          : 'The credentials are unreadable',
      };
    }
  }

  async #discard() {
    const gitDir = await this.#gitDir();
    await this.#objects?.restart();
    await rm(gitDir, { recursive: true, force: true });
    this.#tip = undefined;
  }

  async #fetch(signal?: AbortSignal, again = false): Promise<FetchResult> {
    const { remote, branch, logger, timeoutSetting } = this.#options;
    const gitDir = await this.#gitDir();
    await (await this.#folder)?.touch();
    const credentials = await this.#readCredentials();
    if ('kind' in credentials) return credentials;
    const isNew = !(await stat(join(gitDir, 'HEAD')).catch(() => undefined));
    if (isNew) {
      await initMirror(this.#runner, {
        gitDir,
        objectFormat: this.#objectFormat,
      });
    }
    const isFirst = this.#tip === undefined && isNew;
    const timeoutMs =
      this.#options.timeoutMs * (isFirst ? FIRST_FETCH_FACTOR : 1);
    const outcome = await fetchBranch(this.#runner, {
      gitDir,
      remote,
      branch,
      credentials,
      signal,
      timeoutMs,
      // A long fetch may take its time, but not say nothing for so long.
      ...(isFirst ? { stallMs: this.#options.timeoutMs } : {}),
    });
    signal?.throwIfAborted();
    if (outcome.end === 'exited' && outcome.code === 0) {
      const tip = await readRef(this.#runner, {
        gitDir,
        ref: formatMirrorRef(branch),
        signal,
      });
      if (tip) {
        this.#tip = tip;
        return { kind: 'fetched', tip };
      }
    }
    const failure =
      outcome.code === 0 ? 'mirror-broken' : classifyFetchFailure(outcome);
    const reason = describeFetchFailure(failure, outcome, {
      label: remote.label,
      branch,
      timeoutMs,
      timeoutSetting,
    });
    if (failure === 'mirror-broken') {
      if (again) return { kind: 'failing', reason };
      logger.warn(reason);
      await this.#discard();
      if (/mismatched algorithms/.test(outcome.stderr)) {
        this.#objectFormat = 'sha256';
      }
      return this.#fetch(signal, true);
    }
    // A fetch that was killed leaves its lock and the pack it was writing.
    if (outcome.end !== 'exited') await clearLocks(gitDir);
    return { kind: failure, reason };
  }
}
