import { GitCredentials } from '../gitEnvironment';
import { GitOutcome, GitRunner } from '../GitRunner';
import { RemoteUrl } from '../remoteUrl';

/** Where the mirror keeps the branch. */
export function formatMirrorRef(branch: string): string {
  return `refs/remotes/origin/${branch}`;
}

/**
 * Fetches one branch into the mirror. The URL stands in the command, not in
 * the mirror's configuration; objects are written first and the ref last, by
 * git itself. The branch must have passed findBranchNameFault.
 */
export function fetchBranch(
  runner: GitRunner,
  options: {
    gitDir: string;
    remote: RemoteUrl;
    branch: string;
    credentials?: GitCredentials;
    signal?: AbortSignal;
    timeoutMs: number;
    /** After so long without a byte it is given up; for http and https. */
    stallMs?: number;
  },
): Promise<GitOutcome> {
  const { stallMs } = options;
  const patience =
    stallMs === undefined
      ? []
      : [
          ...['-c', 'http.lowSpeedLimit=1'],
          ...['-c', `http.lowSpeedTime=${Math.ceil(stallMs / 1000)}`],
        ];
  return runner.run({
    args: [
      ...patience,
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-recurse-submodules',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      '--no-show-forced-updates',
      '--refmap=',
      '--end-of-options',
      options.remote.url,
      `+refs/heads/${options.branch}:${formatMirrorRef(options.branch)}`,
    ],
    gitDir: options.gitDir,
    remote: options.remote,
    credentials: options.credentials,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
}
