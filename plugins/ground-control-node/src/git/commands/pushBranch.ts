import { GitCredentials } from '../gitEnvironment';
import { GitOutcome, GitRunner } from '../GitRunner';
import { requireObjectId } from '../objectId';
import { RemoteUrl } from '../remoteUrl';

/**
 * Pushes a commit to a branch, which must be where we think it is: the other
 * side compares and swaps. The branch must have passed findBranchNameFault.
 */
export function pushBranch(
  runner: GitRunner,
  options: {
    gitDir: string;
    remote: RemoteUrl;
    branch: string;
    expected: string;
    tip: string;
    credentials?: GitCredentials;
    signal?: AbortSignal;
    timeoutMs: number;
  },
): Promise<GitOutcome> {
  const ref = `refs/heads/${options.branch}`;
  return runner.run({
    args: [
      'push',
      '--porcelain',
      '--no-progress',
      '--no-verify',
      '--no-follow-tags',
      '--no-signed',
      '--recurse-submodules=no',
      `--force-with-lease=${ref}:${requireObjectId(options.expected)}`,
      '--end-of-options',
      options.remote.url,
      `${requireObjectId(options.tip)}:${ref}`,
    ],
    gitDir: options.gitDir,
    remote: options.remote,
    credentials: options.credentials,
    hooks: true,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
}
