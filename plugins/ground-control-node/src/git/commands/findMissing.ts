import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { requireObjectId } from '../objectId';

/** Which of some ids are no commits of the repository. */
export async function findMissing(
  runner: GitRunner,
  options: { gitDir: string; commits: string[]; signal?: AbortSignal },
): Promise<string[]> {
  const { commits } = options;
  if (commits.length === 0) return [];
  const outcome = await runner.run({
    args: ['cat-file', '--batch-check=%(objecttype)'],
    gitDir: options.gitDir,
    input: commits.map(id => `${requireObjectId(id)}\n`).join(''),
    signal: options.signal,
    timeoutMs: 30_000,
  });
  if (outcome.end !== 'exited' || outcome.code !== 0) {
    throw new GitFault('The commits could not be looked for', outcome);
  }
  const lines = outcome.stdout.toString('latin1').split('\n');
  return commits.filter((_, i) => lines[i] !== 'commit');
}
