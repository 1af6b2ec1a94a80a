import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { isObjectId, requireObjectId } from '../objectId';

/** A commit with its parents, without what it changed. @public */
export interface ListedCommit {
  commit: string;
  parents: string[];
  authorName: string;
  /** Milliseconds since 1970; 0 where the commit's date is broken. */
  committedAt: number;
  /** The first line of the message, at most 1,000 characters. */
  title: string;
}

const FIELDS = ['%H', '%P', '%ct', '%an', '%s'];
/** Of a name or title; what is longer says nothing more. */
const MAX_TEXT = 1_000;

/** The arguments whose output {@link parseCommitList} reads. */
export function formatCommitListArguments(options: {
  since?: number;
  limit: number;
}): string[] {
  const { since, limit } = options;
  return [
    'log',
    '--date-order',
    '-z',
    `--max-count=${limit}`,
    ...(since === undefined ? [] : [`--since=@${Math.floor(since / 1000)}`]),
    '--no-color',
    '--no-mailmap',
    '--encoding=UTF-8',
    `--format=tformat:${FIELDS.join('%x1f')}`,
    '--stdin',
  ];
}

/** Reads what `git log` with {@link formatCommitListArguments} writes. */
export function parseCommitList(text: string): ListedCommit[] {
  return text.split('\0').flatMap(record => {
    const [commit, parents, date, authorName, ...title] = record.split('\x1f');
    if (!isObjectId(commit)) return [];
    const seconds = Number(date);
    return [
      {
        commit,
        parents: parents.split(' ').filter(isObjectId),
        authorName: authorName.slice(0, MAX_TEXT),
        committedAt:
          Number.isSafeInteger(seconds) && seconds < 253402300800
            ? seconds * 1000
            : 0,
        title: title.join('\x1f').slice(0, MAX_TEXT),
      },
    ];
  });
}

/**
 * The commits that `to` reach and `notIn` don't, newest first. All ids must be
 * there; throws a GitFault when git fails.
 */
export async function listCommits(
  runner: GitRunner,
  options: {
    gitDir: string;
    to: string[];
    notIn: string[];
    since?: number;
    limit: number;
    signal?: AbortSignal;
    timeoutMs: number;
  },
): Promise<ListedCommit[]> {
  const lines = [
    ...options.to.map(requireObjectId),
    ...options.notIn.map(id => `^${requireObjectId(id)}`),
  ];
  const outcome = await runner.run({
    args: formatCommitListArguments(options),
    gitDir: options.gitDir,
    input: lines.map(line => `${line}\n`).join(''),
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
  if (outcome.end !== 'exited' || outcome.code !== 0) {
    throw new GitFault('The commits could not be listed', outcome);
  }
  return parseCommitList(outcome.stdout.toString('utf8'));
}
