import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { requireObjectId } from '../objectId';

/** Which of some commits a tip reaches; one that isn't there is reached by none. */
export async function findContained(
  runner: GitRunner,
  options: {
    gitDir: string;
    revisions: string[];
    tip: string;
    signal?: AbortSignal;
    timeoutMs: number;
  },
): Promise<string[]> {
  const { revisions, tip } = options;
  if (revisions.length === 0) return [];
  const run = (args: string[], input: string) =>
    runner.run({
      args,
      input,
      gitDir: options.gitDir,
      signal: options.signal,
      timeoutMs: options.timeoutMs,
    });
  const check = await run(
    ['cat-file', '--batch-check=%(objecttype)'],
    [...revisions, tip].map(id => `${requireObjectId(id)}\n`).join(''),
  );
  const types = check.stdout.toString('latin1').split('\n');
  if (check.code !== 0 || types[revisions.length] !== 'commit') {
    throw new GitFault('The commits could not be looked for', check);
  }
  const known = revisions.filter((_, i) => types[i] === 'commit');
  // Lists what the tip doesn't reach: a few stacks that were never pushed.
  const walk = await run(
    ['rev-list', '--stdin'],
    [...known, `^${tip}`].map(id => `${id}\n`).join(''),
  );
  if (walk.end !== 'exited' || walk.code !== 0) {
    throw new GitFault('The commits could not be looked for', walk);
  }
  const outside = new Set(walk.stdout.toString('latin1').split('\n'));
  return known.filter(id => !outside.has(id));
}
