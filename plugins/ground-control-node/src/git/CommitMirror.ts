import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { clearLocks } from './clearLocks';
import {
  classifyFetchFailure,
  describeFetchFailure,
  FetchFailure,
} from './classifyFetchFailure';
import { fetchCommits } from './commands/fetchCommits';
import { findMissing } from './commands/findMissing';
import { initMirror } from './commands/initMirror';
import { ListedCommit, listCommits } from './commands/listCommits';
import { GitCredentials } from './gitEnvironment';
import { GitOutcome, GitRunner } from './GitRunner';
import { RemoteUrl } from './remoteUrl';

/** What a fetch of commits came to. @public */
export type CommitFetchResult =
  | {
      kind: 'fetched';
      /** Of the wanted commits, those that the repository doesn't have. */
      missing: string[];
    }
  | {
      kind: Exclude<FetchFailure, 'mirror-broken'> | 'too-large';
      /** What happened, why, what to do; without credentials. */
      reason: string;
    };

/** @public */
export interface CommitMirrorOptions {
  remote: RemoteUrl;
  /** The folder of the copy; this process's own, made when it is needed. */
  gitDir: string;
  runner: GitRunner;
  logger: LoggerService;
  timeoutMs: number;
  /** A copy that is larger on disk is thrown away, and says so. */
  maxBytes: number;
  /** Where the time limit is configured, for what people are told. */
  timeoutSetting: string;
  /** Asked before each fetch, so that a renewed token counts at once. */
  readCredentials?: () => Promise<GitCredentials>;
}

/** Each fetch leaves a pack, and git looks through all of them. */
const MAX_PACKS = 50;
/** Ids that one call asks the server for, when no branch has them. */
const MAX_BY_ID = 20;
const LOCAL_TIMEOUT_MS = 60_000;
const NOT_OURS = /not our ref ([0-9a-f]{40,64})/;
const NO_IDS = /unadvertised object|not our ref|couldn't find remote ref/i;

/**
 * A bare copy of a repository's commits alone, without their files: enough to
 * tell which commits lie between two. It is disposable: whatever is wrong with
 * it is mended by fetching anew.
 *
 * @public
 */
export class CommitMirror {
  readonly #options: CommitMirrorOptions;
  #objectFormat: 'sha1' | 'sha256' = 'sha1';
  /** Whether what an earlier process left behind was cleared away. */
  #isCleared = false;

  constructor(options: CommitMirrorOptions) {
    this.#options = options;
  }

  /** Whether there is a copy, be it an old one. */
  async exists(): Promise<boolean> {
    const { gitDir } = this.#options;
    return stat(join(gitDir, 'HEAD')).then(
      () => true,
      () => false,
    );
  }

  /** Which of some commits the copy doesn't have. Asks nobody else. */
  findMissing(commits: string[], signal?: AbortSignal): Promise<string[]> {
    const { runner, gitDir } = this.#options;
    return findMissing(runner, { gitDir, commits, signal });
  }

  /** See listCommits. Asks nobody else. */
  list(options: {
    to: string[];
    notIn: string[];
    since?: number;
    limit: number;
    signal?: AbortSignal;
  }): Promise<ListedCommit[]> {
    const { runner, gitDir } = this.#options;
    return listCommits(runner, {
      ...options,
      gitDir,
      timeoutMs: LOCAL_TIMEOUT_MS,
    });
  }

  /**
   * Fetches all branches, and of the wanted commits those that no branch has,
   * where the server gives them. A commit that it doesn't have is no failure.
   */
  async fetch(
    wanted: string[],
    signal?: AbortSignal,
  ): Promise<CommitFetchResult> {
    const result = await this.#fetchBranches(signal);
    if (result.kind !== 'fetched') return result;
    const missing = await this.findMissing(wanted, signal);
    if (missing.length === 0) return result;
    const byId = await this.#fetchByIds(missing.slice(0, MAX_BY_ID), signal);
    if (byId.kind !== 'fetched') return byId;
    return {
      kind: 'fetched',
      missing: await this.findMissing(missing, signal),
    };
  }

  /** Throws the copy away; the next fetch makes a new one. */
  async discard(): Promise<void> {
    await rm(this.#options.gitDir, { recursive: true, force: true });
  }

  async #fetchBranches(
    signal?: AbortSignal,
    again = false,
  ): Promise<CommitFetchResult> {
    const { runner, gitDir, logger } = this.#options;
    if (!this.#isCleared) await clearLocks(gitDir);
    this.#isCleared = true;
    if (await this.exists()) await this.#discardScattered();
    if (!(await this.exists())) {
      await initMirror(runner, { gitDir, objectFormat: this.#objectFormat });
    }
    const outcome = await this.#run(undefined, signal);
    if (!('end' in outcome)) return outcome;
    if (outcome.end === 'exited' && outcome.code === 0) {
      return this.#checkSize();
    }
    const failure = classifyFetchFailure(outcome);
    if (failure === 'mirror-broken' && !again) {
      logger.warn(this.#fail(failure, outcome).reason);
      await this.discard();
      if (/mismatched algorithms/.test(outcome.stderr)) {
        this.#objectFormat = 'sha256';
      }
      return this.#fetchBranches(signal, true);
    }
    // A fetch that was killed leaves its lock and the pack it was writing.
    if (outcome.end !== 'exited') await clearLocks(gitDir);
    return this.#fail(failure, outcome);
  }

  /** The whole fetch fails for one id that isn't there: it is left out then. */
  async #fetchByIds(
    ids: string[],
    signal?: AbortSignal,
  ): Promise<CommitFetchResult> {
    let wanted = ids;
    while (wanted.length > 0) {
      const outcome = await this.#run(wanted, signal);
      if (!('end' in outcome)) return outcome;
      if (outcome.end === 'exited' && outcome.code === 0) break;
      if (!NO_IDS.test(outcome.stderr)) {
        return this.#fail(classifyFetchFailure(outcome), outcome);
      }
      const absent = NOT_OURS.exec(outcome.stderr)?.[1];
      const rest = wanted.filter(id => id !== absent);
      // A server that doesn't say which one gives none by id.
      wanted = rest.length < wanted.length ? rest : [];
    }
    return { kind: 'fetched', missing: [] };
  }

  async #run(
    commits: string[] | undefined,
    signal?: AbortSignal,
  ): Promise<GitOutcome | CommitFetchResult> {
    const { runner, gitDir, remote, timeoutMs, readCredentials } =
      this.#options;
    let credentials: GitCredentials;
    try {
      credentials = (await readCredentials?.()) ?? {};
    } catch (error) {
      return {
        kind: 'forbidden',
        reason: isError(error)
          ? error.message
          : 'The credentials are unreadable',
      };
    }
    const outcome = await fetchCommits(runner, {
      gitDir,
      remote,
      commits,
      credentials,
      signal,
      timeoutMs,
    });
    signal?.throwIfAborted();
    return outcome;
  }

  async #discardScattered() {
    const { count } = await measurePacks(this.#options.gitDir);
    if (count > MAX_PACKS) await this.discard();
  }

  async #checkSize(): Promise<CommitFetchResult> {
    const { gitDir, maxBytes, remote } = this.#options;
    const { bytes } = await measurePacks(gitDir);
    if (bytes <= maxBytes) return { kind: 'fetched', missing: [] };
    await this.discard();
    return {
      kind: 'too-large',
      reason: `The commits of ${remote.label} take more than ${Math.round(
        maxBytes / 1024 / 1024,
      )} MiB, so they aren't kept. If the server doesn't know partial clones, let it (uploadpack.allowFilter); or raise the limit.`,
    };
  }

  #fail(
    failure: FetchFailure,
    outcome: GitOutcome,
  ): Exclude<CommitFetchResult, { kind: 'fetched' }> {
    const { remote, timeoutMs, timeoutSetting } = this.#options;
    return {
      kind: failure === 'mirror-broken' ? 'failing' : failure,
      reason: describeFetchFailure(failure, outcome, {
        label: remote.label,
        timeoutMs,
        timeoutSetting,
      }),
    };
  }
}

/** How many packs there are and what they take; a filtered fetch leaves nothing else. */
async function measurePacks(
  gitDir: string,
): Promise<{ count: number; bytes: number }> {
  const folder = join(gitDir, 'objects', 'pack');
  const names = await readdir(folder).catch(() => [] as string[]);
  let bytes = 0;
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    bytes += found?.size ?? 0;
  }
  return { count: names.filter(name => name.endsWith('.pack')).length, bytes };
}
