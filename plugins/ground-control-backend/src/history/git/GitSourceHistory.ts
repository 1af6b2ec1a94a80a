import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  claimFolder,
  ClaimedFolder,
  CommitFetchResult,
  CommitMirror,
  GitCredentials,
  GitFault,
  GitRunner,
  isObjectId,
  ListedCommit,
  RemoteUrl,
  SourceCommit,
  SourceCommitAnswer,
  SourceCommitQuery,
  SourceHistory,
} from '@ground-control/backstage-plugin-ground-control-node';
import { parseRepositoryTemplate } from './repositoryTemplate';

export interface GitSourceHistoryOptions {
  /** A URL with `{service}`, `{namespace}` and `{squad}` in its path. */
  url: string;
  /** The folder under which the copies are kept. */
  directory: string;
  timeoutMs: number;
  /** Of one repository's copy. */
  maxRepositoryBytes: number;
  /** How many copies are kept; beyond them the one that was asked for longest ago goes. */
  maxRepositories: number;
  /** Asked before each fetch, for the repository that is fetched. */
  readCredentials: (remote: RemoteUrl) => Promise<GitCredentials>;
  logger: LoggerService;
}

const NO_ROOM =
  /No space left on device|Disk quota exceeded|Read-only file system/i;
const SETTING = 'groundControl.sourceHistory.git';

/** A copy, and the work on it that is under way: one thing at a time. */
interface Copy {
  mirror: CommitMirror;
  queue: Promise<unknown>;
}

/**
 * Reads services' histories from their Git repositories, through copies that
 * hold commits alone. The network is asked only when a commit isn't there yet.
 */
export class GitSourceHistory implements SourceHistory {
  readonly label: string;
  readonly #options: GitSourceHistoryOptions;
  readonly #template;
  readonly #runner: GitRunner;
  /** By the name of their folder; the one that was asked for last comes last. */
  readonly #copies = new Map<string, Copy>();
  #folder?: Promise<ClaimedFolder>;

  constructor(options: GitSourceHistoryOptions) {
    this.#options = options;
    this.#template = parseRepositoryTemplate(options.url);
    this.label = this.#template.label;
    this.#runner = new GitRunner({
      home: join(options.directory, 'home'),
      logger: options.logger,
    });
  }

  async findCommits(query: SourceCommitQuery): Promise<SourceCommitAnswer> {
    try {
      return await this.#findCommits(query);
    } catch (error) {
      query.signal.throwIfAborted();
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (code === undefined || syscall === undefined) throw error;
      return formatStorageFault(code);
    }
  }

  async #findCommits(query: SourceCommitQuery): Promise<SourceCommitAnswer> {
    const remote = this.#template.format(query.of);
    if ('fault' in remote) return { kind: 'unnamed', ...remote };
    const copy = await this.#copyOf(remote);
    const work = () => this.#find(copy.mirror, query);
    const result = copy.queue.then(work, work);
    copy.queue = result.catch(() => {});
    return result;
  }

  /** Ends every git process and gives the folder back. */
  async close(): Promise<void> {
    await this.#runner.close();
    await (await this.#folder?.catch(() => undefined))?.release();
  }

  async #find(
    mirror: CommitMirror,
    query: SourceCommitQuery,
  ): Promise<SourceCommitAnswer> {
    const { signal } = query;
    const ids = [...new Set([...query.to, ...query.notIn])];
    const wanted = ids.filter(isObjectId);
    try {
      if (wanted.length === ids.length && (await mirror.exists())) {
        const answer = await this.#listIfThere(mirror, query);
        if (answer) return answer;
      }
      const missing = (await mirror.exists())
        ? await mirror.findMissing(wanted, signal)
        : wanted;
      const fetched = await mirror.fetch(missing, signal);
      if (fetched.kind !== 'fetched') return formatFault(fetched);
      const others = ids.filter(id => !isObjectId(id));
      return await this.#list(mirror, query, [...fetched.missing, ...others]);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GitFault)) throw error;
      // Whatever is wrong with it, the next time begins with a new one.
      if (error.suspectsMirror) await mirror.discard();
      if (NO_ROOM.test(error.message)) return formatStorageFault('no room');
      return { kind: 'failing', fault: `${error.message}.` };
    }
  }

  /** Mostly all is there: one command says so, and is the answer as well. */
  async #listIfThere(
    mirror: CommitMirror,
    query: SourceCommitQuery,
  ): Promise<SourceCommitAnswer | undefined> {
    try {
      return await this.#list(mirror, query, []);
    } catch (error) {
      if (error instanceof GitFault && error.suspectsMirror) return undefined;
      throw error;
    }
  }

  async #list(
    mirror: CommitMirror,
    query: SourceCommitQuery,
    unknown: string[],
  ): Promise<SourceCommitAnswer> {
    const known = (id: string) => !unknown.includes(id);
    const to = query.to.filter(known);
    const notIn = query.notIn.filter(known);
    const limit = query.limit + 1;
    const found =
      to.length === 0 ? [] : await mirror.list({ ...query, to, notIn, limit });
    return {
      commits: found.slice(0, query.limit).map(formatCommit),
      complete: found.length <= query.limit,
      unknown,
    };
  }

  async #copyOf(remote: RemoteUrl): Promise<Copy> {
    const { directory, maxRepositories, readCredentials } = this.#options;
    this.#folder ??= claimCopies(directory, maxRepositories).catch(error => {
      this.#folder = undefined;
      throw error;
    });
    const folder = await this.#folder;
    await folder.touch();
    const name = createHash('sha256')
      .update(remote.url)
      .digest('hex')
      .slice(0, 32);
    const gitDir = join(folder.path, `${name}.git`);
    const known = this.#copies.get(name);
    const copy: Copy = known ?? {
      mirror: new CommitMirror({
        ...this.#options,
        remote,
        gitDir,
        runner: this.#runner,
        readCredentials: () => readCredentials(remote),
        maxBytes: this.#options.maxRepositoryBytes,
        timeoutSetting: `${SETTING}.timeout`,
      }),
      queue: Promise.resolve(),
    };
    this.#copies.delete(name);
    this.#copies.set(name, copy);
    await this.#dropOldest(folder.path);
    return copy;
  }

  async #dropOldest(folder: string) {
    while (this.#copies.size > this.#options.maxRepositories) {
      const [[name, copy]] = this.#copies;
      this.#copies.delete(name);
      await copy.queue;
      await rm(join(folder, `${name}.git`), { recursive: true, force: true });
    }
  }
}

/** Takes a folder for us, and of what an earlier process left the newest copies. */
async function claimCopies(
  directory: string,
  most: number,
): Promise<ClaimedFolder> {
  const folder = await claimFolder(join(directory, 'commits'));
  const names = await readdir(folder.path);
  const copies = await Promise.all(
    names
      .filter(name => name.endsWith('.git'))
      .map(async name => {
        const path = join(folder.path, name);
        return { path, at: (await stat(path)).mtimeMs };
      }),
  );
  copies.sort((a, b) => b.at - a.at);
  for (const { path } of copies.slice(most)) {
    await rm(path, { recursive: true, force: true });
  }
  return folder;
}

function formatCommit(listed: ListedCommit): SourceCommit {
  const { commit, parents, authorName: author, title, committedAt } = listed;
  return { commit, parents, author, title, committedAt };
}

function formatStorageFault(why: string): SourceCommitAnswer {
  return {
    kind: 'storage',
    fault: `The folder of the copies can't be used (${why}). Check ${SETTING}.directory, who may write there, and the disk.`,
  };
}

function formatFault(
  result: Exclude<CommitFetchResult, { kind: 'fetched' }>,
): SourceCommitAnswer {
  if (NO_ROOM.test(result.reason)) return formatStorageFault('no room');
  // A repository without a commit has none of the commits that we know of it.
  const kind = result.kind === 'empty' ? 'missing' : result.kind;
  return { kind, fault: result.reason };
}
