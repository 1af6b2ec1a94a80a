import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { requireObjectId } from '../objectId';

/**
 * Of a commit that a tip reaches, the commit of the tip's first-parent line
 * from which on it does: the commit itself where it is on that line, else the
 * merge that brought it.
 */
export async function findEntry(
  runner: GitRunner,
  options: {
    gitDir: string;
    revision: string;
    tip: string;
    signal?: AbortSignal;
    timeoutMs: number;
  },
): Promise<string | undefined> {
  const revision = requireObjectId(options.revision);
  const tip = requireObjectId(options.tip);
  if (revision === tip) return revision;
  const list = async (...args: string[]) => {
    const outcome = await runner.run({
      args: ['rev-list', ...args, '--end-of-options', tip, `^${revision}`],
      gitDir: options.gitDir,
      signal: options.signal,
      timeoutMs: options.timeoutMs,
    });
    if (outcome.end !== 'exited' || outcome.code !== 0) {
      throw new GitFault('A merge could not be looked for', outcome);
    }
    return outcome.stdout.toString('latin1').split('\n').filter(Boolean);
  };
  // What stands on it; git can't follow first parents alone for that, because
  // the way from a merge down to it is another one.
  const above = new Set(await list('--ancestry-path'));
  const line = await list('--first-parent', '--parents');
  const last = line
    .map(commit => commit.split(' '))
    .filter(([commit]) => above.has(commit))
    .pop();
  if (!last) return undefined;
  const [entry, firstParent] = last;
  return firstParent === revision ? revision : entry;
}
