import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { isObjectId } from '../objectId';

/** Reads `<object id> <type>`, the form that {@link readRef} asks for. */
export function parseRef(text: string): string | undefined {
  const [id, type] = text.trim().split(' ');
  return type === 'commit' && isObjectId(id) ? id : undefined;
}

/**
 * What git writes when it moves a ref, and believes before anything else; a
 * process less for each fetch.
 */
async function readLooseRef(
  gitDir: string,
  ref: string,
): Promise<string | undefined> {
  const text = await readFile(join(gitDir, ref), 'latin1').catch(() => '');
  return isObjectId(text.trim()) ? text.trim() : undefined;
}

/**
 * The commit that a full ref name of a branch stands for, or undefined without
 * one. The name must have passed findBranchNameFault.
 */
export async function readRef(
  runner: GitRunner,
  options: { gitDir: string; ref: string; signal?: AbortSignal },
): Promise<string | undefined> {
  const loose = await readLooseRef(options.gitDir, options.ref);
  if (loose !== undefined) return loose;
  const outcome = await runner.run({
    args: [
      'for-each-ref',
      '--count=1',
      '--format=%(objectname) %(objecttype)',
      '--end-of-options',
      options.ref,
    ],
    gitDir: options.gitDir,
    signal: options.signal,
    timeoutMs: 30_000,
  });
  if (outcome.end !== 'exited' || outcome.code !== 0) {
    throw new GitFault('The mirror could not be read', outcome);
  }
  return parseRef(outcome.stdout.toString('latin1'));
}
