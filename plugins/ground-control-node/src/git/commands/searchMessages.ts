import { InputError } from '@backstage/errors';
import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { NulFields } from '../NulFields';
import { requireObjectId } from '../objectId';

/** A commit whose message was looked for. @public */
export interface FoundMessage {
  revision: string;
  /** At most 256 KiB of it. */
  message: string;
}

const KEY = /^[a-zA-Z-]+$/;

/** The arguments after which commit ids and messages alternate, each with a NUL. */
export function formatSearchArguments(options: {
  trailer: string;
  from?: string;
  to: string;
}): string[] {
  const { trailer, from, to } = options;
  if (!KEY.test(trailer)) {
    throw new InputError('The key of a trailer has letters and hyphens alone');
  }
  return [
    'log',
    '-z',
    '--no-color',
    '--no-mailmap',
    '--encoding=UTF-8',
    `--grep=^${trailer}:`,
    '--format=tformat:%H%x00%B',
    '--end-of-options',
    ...(from ? [`^${requireObjectId(from)}`] : []),
    requireObjectId(to),
    '--',
  ];
}

/**
 * Yields the messages that have a line `<trailer>:`, of all commits that `to`
 * reaches by any parent and `from` doesn't, newest first, in groups as they
 * arrive. Whether that line is among the trailers is the reader's to see. Git
 * reads commits alone for it, no trees. Throws a GitFault when git fails.
 *
 * @public
 */
export async function* searchMessages(
  runner: GitRunner,
  options: {
    gitDir: string;
    trailer: string;
    from?: string;
    to: string;
    signal?: AbortSignal;
    timeoutMs: number;
  },
): AsyncGenerator<FoundMessage[]> {
  const git = await runner.start({
    args: formatSearchArguments(options),
    gitDir: options.gitDir,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
  git.child.stdin.end();
  const split = new NulFields();
  let revision: string | undefined;
  let complete = false;
  try {
    for await (const chunk of git.child.stdout) {
      const found: FoundMessage[] = [];
      for (const field of split.push(chunk)) {
        if (revision === undefined) {
          revision = field;
        } else {
          found.push({ revision, message: field });
          revision = undefined;
        }
      }
      if (found.length > 0) yield found;
    }
    const outcome = await git.ended;
    complete = true;
    if (outcome.end !== 'exited' || outcome.code !== 0) {
      throw new GitFault('The messages of commits could not be read', outcome);
    }
  } finally {
    if (!complete) {
      git.kill();
      await git.ended;
    }
  }
}
