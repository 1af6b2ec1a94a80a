import { GitOutcome, GitRunner } from '../GitRunner';

/** How many pieces a mirror's objects lie in. */
export interface ObjectCount {
  loose: number;
  packs: number;
}

/** Reads `git count-objects -v`. */
export function parseObjectCount(text: string): ObjectCount {
  const read = (key: string) =>
    Number(new RegExp(`^${key}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return { loose: read('count'), packs: read('packs') };
}

/** @returns what there is, or undefined when git can't tell */
export async function countObjects(
  runner: GitRunner,
  gitDir: string,
): Promise<ObjectCount | undefined> {
  const outcome = await runner.run({
    args: ['count-objects', '-v'],
    gitDir,
    timeoutMs: 30_000,
  });
  return outcome.code === 0
    ? parseObjectCount(outcome.stdout.toString('latin1'))
    : undefined;
}

/**
 * Each fetch leaves some loose objects or a pack, and git looks through all of
 * them for each object; these numbers keep that cheap and are reached about
 * once a day at a hundred releases a day.
 */
export function needsRepack(count: ObjectCount): boolean {
  return count.loose > 2_000 || count.packs > 20;
}

/**
 * Joins loose objects and small packs into few packs. With `all`, everything
 * goes into one pack and what no ref reaches is dropped, as after a rewrite.
 */
export function repack(
  runner: GitRunner,
  options: { gitDir: string; all: boolean; signal?: AbortSignal },
): Promise<GitOutcome> {
  return runner.run({
    args: [
      'repack',
      '--quiet',
      '-d',
      ...(options.all ? ['-a', '-l'] : ['--geometric=2']),
      '--threads=1',
      '--window-memory=64m',
    ],
    gitDir: options.gitDir,
    signal: options.signal,
    timeoutMs: 15 * 60_000,
  });
}
