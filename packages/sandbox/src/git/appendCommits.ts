import { randomUUID } from 'node:crypto';
import type { Commit } from '../simulation/types.ts';
import { CommitStream, SIDE_LENGTH } from './CommitStream.ts';
import { BRANCH } from './initRepository.ts';
import { GitError, runGit } from './runGit.ts';

const NO_COMMIT = '0'.repeat(40);
const ATTEMPTS = 20;

/** The newest commit of the branch, or nothing in an empty repository. */
export async function readTip(repository: string): Promise<string | undefined> {
  const out = await runGit(repository, [
    'for-each-ref',
    '--format=%(objectname)',
    `refs/heads/${BRANCH}`,
  ]);
  return out.trim() || undefined;
}

/** True when a commit is another's ancestor, or the same. */
export async function contains(
  repository: string,
  commit: string,
  ancestor: string,
): Promise<boolean> {
  const base = await runGit(repository, ['merge-base', commit, ancestor]).catch(
    () => '',
  );
  return base.trim() === ancestor;
}

/**
 * Makes the branch point to what a temporary ref holds, only if it still
 * points to `base`, and drops the temporary ref.
 */
export async function moveBranch(
  repository: string,
  ref: string,
  base: string | undefined,
): Promise<string> {
  const tip = (await runGit(repository, ['rev-parse', ref])).trim();
  await runGit(
    repository,
    ['update-ref', '--stdin'],
    `update refs/heads/${BRANCH} ${tip} ${base ?? NO_COMMIT}\ndelete ${ref}\n`,
  );
  return tip;
}

/** The newest commits of the first-parent line, oldest first. */
async function newest(
  repository: string,
  tip: string | undefined,
): Promise<string[]> {
  if (tip === undefined) {
    return [];
  }
  const out = await runGit(repository, [
    'rev-list',
    '--first-parent',
    `--max-count=${SIDE_LENGTH}`,
    tip,
  ]);
  return out.trim().split('\n').reverse();
}

/**
 * Appends commits to the branch. Others push to it too: when somebody was
 * faster, ours are put on top of theirs, so that nothing of anybody is lost.
 */
export async function appendCommits(
  repository: string,
  commits: Commit[],
): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    const base = await readTip(repository);
    if (commits.length === 0) {
      return base;
    }
    const ref = `refs/sandbox/${randomUUID()}`;
    const stream = new CommitStream(
      repository,
      ref,
      await newest(repository, base),
    );
    for (const commit of commits) {
      await stream.add(commit);
    }
    await stream.finish();
    try {
      return await moveBranch(repository, ref, base);
    } catch (error) {
      await runGit(repository, ['update-ref', '-d', ref]);
      if (!(error instanceof GitError) || attempt === ATTEMPTS) {
        throw error;
      }
    }
  }
}
