import { GitRunner } from '../GitRunner';
import { CommitPlan, CommitSigning } from '../writing';
import { importCommits } from './importCommits';
import { signCommits } from './signCommits';

/**
 * Writes commits into the mirror's objects, each on the one before. No ref is
 * moved: until they are pushed and fetched nothing reaches them.
 *
 * @returns their ids, in order
 */
export async function writeCommits(
  runner: GitRunner,
  options: {
    gitDir: string;
    base: string;
    commits: CommitPlan[];
    signing?: CommitSigning;
    signal?: AbortSignal;
    timeoutMs: number;
  },
): Promise<string[]> {
  const { signing, commits } = options;
  if (commits.length === 0) return [];
  const written = await importCommits(runner, options);
  return signing
    ? signCommits(runner, { ...options, written, signing })
    : written.map(({ revision }) => revision);
}
