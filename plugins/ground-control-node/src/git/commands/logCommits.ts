import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { NulFields } from '../NulFields';
import { requireObjectId } from '../objectId';

/** A path that a commit changed against its first parent. @public */
export interface LoggedChange {
  path: string;
  /** `A`dded, `M`odified, `D`eleted, or `T`ype changed. */
  status: string;
  /** File mode as git has it: 040000 is a folder, 120000 a symbolic link. */
  oldMode: string;
  mode: string;
  /** Object ids; all zeros where there is none. */
  oldId: string;
  id: string;
}

/** A commit of the first-parent line. @public */
export interface LoggedCommit {
  revision: string;
  /** The first parent; empty for the first commit. */
  parent: string;
  authorName: string;
  authorEmail: string;
  /** Milliseconds since 1970; 0 where the commit's date is broken. */
  committedAt: number;
  /** At most 256 KiB of it; no release message comes near. */
  message: string;
  /** Files and folders. */
  changes: LoggedChange[];
}

const FIELDS = ['%H', '%P', '%an', '%ae', '%ct', '%B'];

/**
 * The arguments whose output {@link CommitLogParser} reads. One command for
 * all new commits: it shows folders too (`-t`), which gives a release folder's
 * tree without asking again.
 */
export function formatLogArguments(range: {
  from?: string;
  to: string;
}): string[] {
  return [
    'log',
    '--first-parent',
    '--diff-merges=first-parent',
    '--reverse',
    '--root',
    '--raw',
    '-t',
    '-z',
    '--no-renames',
    '--no-abbrev',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-mailmap',
    '--encoding=UTF-8',
    `--format=tformat:${FIELDS.map(field => `${field}%x00`).join('')}`,
    '--end-of-options',
    ...(range.from ? [`^${requireObjectId(range.from)}`] : []),
    requireObjectId(range.to),
    '--',
  ];
}

/**
 * Reads what `git log` with {@link formatLogArguments} writes, in chunks of
 * any size. Everything ends with a NUL, which neither a path nor a message can
 * contain: six fields, then for each change its numbers and its path. Git puts
 * an empty field, or a line end before the first change, between the two.
 */
export class CommitLogParser {
  readonly #split = new NulFields();
  #fields: string[] = [];
  #numbers?: string;
  #commit?: LoggedCommit;

  constructor(private readonly keep: (path: string) => boolean) {}

  /** Takes a chunk and returns the commits that are complete by it. */
  push(chunk: Buffer): LoggedCommit[] {
    const done: LoggedCommit[] = [];
    for (const token of this.#split.push(chunk)) this.#token(token, done);
    return done;
  }

  /** The last commit, when there is no more to come. */
  finish(): LoggedCommit[] {
    return this.#commit ? [this.#commit] : [];
  }

  #token(token: string, done: LoggedCommit[]) {
    if (this.#numbers !== undefined) {
      const [oldMode, mode, oldId, id, status] = this.#numbers.split(' ');
      this.#numbers = undefined;
      if (this.keep(token)) {
        this.#commit?.changes.push({
          path: token,
          status: status[0],
          oldMode,
          mode,
          oldId,
          id,
        });
      }
      return;
    }
    if (this.#fields.length === 0) {
      if (token === '' || token === '\n') return;
      const at = token.startsWith('\n') ? 1 : 0;
      if (token[at] === ':') {
        this.#numbers = token.slice(at + 1);
        return;
      }
      if (this.#commit) done.push(this.#commit);
      this.#commit = undefined;
    }
    this.#fields.push(token);
    if (this.#fields.length === FIELDS.length) {
      const [revision, parents, authorName, authorEmail, date, message] =
        this.#fields;
      this.#fields = [];
      const seconds = Number(date);
      this.#commit = {
        revision,
        parent: parents.split(' ')[0],
        authorName,
        authorEmail,
        committedAt:
          Number.isSafeInteger(seconds) && seconds < 253402300800
            ? seconds * 1000
            : 0,
        message,
        changes: [],
      };
    }
  }
}

/**
 * Yields the commits of the first-parent line of `to`, oldest first, in groups
 * as they arrive; those that `from` reaches are left out. Stops git when the
 * caller stops reading. Throws a GitFault when git fails.
 *
 * @param options - `keep`: which paths are wanted
 * @public
 */
export async function* logCommits(
  runner: GitRunner,
  options: {
    gitDir: string;
    from?: string;
    to: string;
    keep: (path: string) => boolean;
    signal?: AbortSignal;
    timeoutMs: number;
  },
): AsyncGenerator<LoggedCommit[]> {
  const git = await runner.start({
    args: formatLogArguments(options),
    gitDir: options.gitDir,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
  git.child.stdin.end();
  const parser = new CommitLogParser(options.keep);
  let complete = false;
  try {
    for await (const chunk of git.child.stdout) {
      const commits = parser.push(chunk);
      if (commits.length > 0) yield commits;
    }
    const outcome = await git.ended;
    if (outcome.end !== 'exited' || outcome.code !== 0) {
      throw new GitFault('The history could not be read', outcome);
    }
    complete = true;
    yield parser.finish();
  } finally {
    if (!complete) {
      git.kill();
      await git.ended;
    }
  }
}
