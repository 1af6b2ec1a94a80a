import { runGit } from './runGit.ts';

/** Drops what a process that died while it put commits together left behind. */
export async function clearTemporaryRefs(repository: string): Promise<void> {
  const refs = await runGit(repository, [
    'for-each-ref',
    '--format=delete %(refname)',
    'refs/sandbox',
  ]);
  if (refs) {
    await runGit(repository, ['update-ref', '--stdin'], refs);
  }
}
