import { readTip } from './appendCommits.ts';
import { BRANCH } from './initRepository.ts';
import { runGit } from './runGit.ts';

/**
 * Rewrites the newest commits of the branch's first-parent line, as a forced
 * push does: the oldest of them is folded into the one after it, so that all
 * later ones get another sha while the tree stays. Gives the new tip.
 */
export async function rewriteHistory(
  repository: string,
  back: number,
): Promise<string> {
  const before = await readTip(repository);
  const list = await runGit(repository, [
    'rev-list',
    '--first-parent',
    `--max-count=${back + 1}`,
    `refs/heads/${BRANCH}`,
  ]);
  const shas = list.trim().split('\n').reverse();
  if (before === undefined || back < 2 || shas.length < back + 1) {
    throw new Error(
      `Between 2 and ${Math.max(2, shas.length - 1)} commits can be rewritten`,
    );
  }
  const [base, , ...kept] = shas;
  let parent = base;
  for (const sha of kept) {
    const raw = await runGit(repository, ['cat-file', 'commit', sha]);
    const rewritten = raw.replace(/^parent .*$/m, `parent ${parent}`);
    parent = (
      await runGit(
        repository,
        ['hash-object', '-t', 'commit', '-w', '--stdin'],
        rewritten,
      )
    ).trim();
  }
  await runGit(repository, [
    'update-ref',
    `refs/heads/${BRANCH}`,
    parent,
    before,
  ]);
  return parent;
}
