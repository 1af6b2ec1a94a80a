import { runGit } from './runGit.ts';

export const BRANCH = 'master';

/** A new bare repository, set up to be read often and pushed to by others. */
export async function initRepository(path: string): Promise<void> {
  await runGit(undefined, [
    'init',
    '--quiet',
    '--bare',
    `--initial-branch=${BRANCH}`,
    path,
  ]);
  const settings = {
    'http.receivepack': 'true',
    // Commits that are being put together stand under refs of their own.
    'transfer.hideRefs': 'refs/sandbox',
    'uploadpack.allowFilter': 'true',
    'uploadpack.allowAnySHA1InWant': 'true',
    // Looking for better deltas costs a clone more than it saves on one machine.
    'pack.window': '0',
    // A push must never find itself waiting for housekeeping.
    'receive.autogc': 'false',
  };
  for (const [key, value] of Object.entries(settings)) {
    await runGit(path, ['config', key, value]);
  }
}
