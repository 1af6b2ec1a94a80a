/** What was last counted of how far a service is behind in an environment. */
export interface BehindCommitsRow {
  application_commit: string | null;
  behind_commits: number | null;
  /** The two commits between which was counted. */
  behind_commits_from: string | null;
  behind_commits_to: string | null;
}

/**
 * How many commits an environment is behind the one before. A count for
 * commits that aren't the present ones any more says nothing: undefined, until
 * it is counted anew.
 */
export function countBehindCommits(
  own: BehindCommitsRow,
  before: { application_commit: string | null } | undefined,
): number | undefined {
  const isPresent =
    own.application_commit !== null &&
    own.behind_commits_from === own.application_commit &&
    own.behind_commits_to === before?.application_commit;
  return isPresent ? own.behind_commits ?? undefined : undefined;
}
