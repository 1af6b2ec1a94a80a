import { GitCredentials } from '../gitEnvironment';
import { GitOutcome, GitRunner } from '../GitRunner';
import { requireObjectId } from '../objectId';
import { RemoteUrl } from '../remoteUrl';

const REMOTE = 'source';

/**
 * Fetches commits without their trees and files: all branches, or the commits
 * of some ids where the server gives those. Branches that are gone are gone
 * here too; their objects stay.
 *
 * The remote, and that it may leave objects out, is said in the command alone
 * and never written to the repository's configuration: so no later command
 * there looks for a missing object over the network.
 */
export function fetchCommits(
  runner: GitRunner,
  options: {
    gitDir: string;
    remote: RemoteUrl;
    /** Full ids; all branches when absent. */
    commits?: string[];
    credentials?: GitCredentials;
    signal?: AbortSignal;
    timeoutMs: number;
  },
): Promise<GitOutcome> {
  const { commits, remote } = options;
  const settings = {
    url: remote.url,
    promisor: 'true',
    partialclonefilter: 'tree:0',
  };
  return runner.run({
    args: [
      ...Object.entries(settings).flatMap(([key, value]) => [
        '-c',
        `remote.${REMOTE}.${key}=${value}`,
      ]),
      'fetch',
      '--quiet',
      '--filter=tree:0',
      '--no-tags',
      '--no-recurse-submodules',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      '--no-show-forced-updates',
      '--refmap=',
      ...(commits ? [] : ['--prune']),
      '--end-of-options',
      REMOTE,
      ...(commits
        ? commits.map(requireObjectId)
        : [`+refs/heads/*:refs/remotes/${REMOTE}/*`]),
    ],
    gitDir: options.gitDir,
    remote,
    credentials: options.credentials,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
}
