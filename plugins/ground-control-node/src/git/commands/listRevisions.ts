import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { isObjectId, requireObjectId } from '../objectId';

interface Options {
  gitDir: string;
  to: string;
  from?: string;
  signal?: AbortSignal;
  timeoutMs: number;
}

/** Complete lines of a chunked text, and the rest. */
export function parseRevisions(text: string): {
  revisions: string[];
  rest: string;
} {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  return { revisions: lines.filter(isObjectId), rest };
}

/**
 * Yields the first-parent line of a commit, newest first, in groups. The
 * caller may stop early.
 *
 * @public
 */
export async function* listRevisions(
  runner: GitRunner,
  options: Options,
): AsyncGenerator<string[]> {
  const git = await runner.start({
    args: [
      'rev-list',
      '--first-parent',
      '--end-of-options',
      requireObjectId(options.to),
      '--',
    ],
    gitDir: options.gitDir,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
  git.child.stdin.end();
  let complete = false;
  try {
    let pending = '';
    for await (const chunk of git.child.stdout) {
      const { revisions, rest } = parseRevisions(
        pending + chunk.toString('latin1'),
      );
      pending = rest;
      if (revisions.length > 0) yield revisions;
    }
    const outcome = await git.ended;
    complete = true;
    if (outcome.end !== 'exited' || outcome.code !== 0) {
      throw new GitFault('The history could not be listed', outcome);
    }
  } finally {
    if (!complete) {
      git.kill();
      await git.ended;
    }
  }
}

/**
 * How many commits of the first-parent line of `to` are not reached by `from`.
 *
 * @public
 */
export async function countRevisions(
  runner: GitRunner,
  options: Options,
): Promise<number> {
  const outcome = await runner.run({
    args: [
      'rev-list',
      '--first-parent',
      '--count',
      '--end-of-options',
      ...(options.from ? [`^${requireObjectId(options.from)}`] : []),
      requireObjectId(options.to),
      '--',
    ],
    gitDir: options.gitDir,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
  if (outcome.end !== 'exited' || outcome.code !== 0) {
    throw new GitFault('The history could not be counted', outcome);
  }
  return Number(outcome.stdout.toString('latin1').trim());
}
