import { Knex } from 'knex';
import { readRepositoryRow } from '../../../gitops/store/repositoryRow';
import { LeasedRound } from '../../../lib/LeasedLoop';
import { toGatewayRepository } from '../repository/gatewayRepository';
import { forgetEntries } from './writeEntries';

/**
 * Makes the entries those of a repository beside the config repository, or of
 * the config repository itself: where they were another one's, they and what
 * was known of that one are forgotten.
 *
 * @param identity - undefined for the config repository
 * @returns whether it was another one
 */
export async function adoptRepository(
  tx: Knex.Transaction,
  repository: string,
  identity: { url_hash: string; branch: string } | undefined,
): Promise<boolean> {
  const key = toGatewayRepository(repository);
  const before = await readRepositoryRow(tx, key);
  if (before?.url_hash === identity?.url_hash) return false;
  await forgetEntries(tx, repository);
  if (identity) {
    await tx('repositories').insert({ repository: key, ...identity });
  }
  return true;
}

/**
 * Notes what was found of that repository.
 *
 * @returns whether anything but its age changed
 */
export async function noteRepository(
  options: { knex: Knex; transact: LeasedRound['transact'] },
  found: {
    repository: string;
    state: string;
    reason: string | null;
    attemptedAt: number;
    /** An empty repository has answered as well. */
    hasAnswered: boolean;
  },
): Promise<boolean> {
  const { attemptedAt, hasAnswered, reason, state } = found;
  const repository = toGatewayRepository(found.repository);
  const before = await readRepositoryRow(options.knex, repository);
  const isSame = before?.state === state && before.reason === reason;
  if (isSame && before.attempted_at === attemptedAt) return false;
  await options.transact(tx =>
    tx('repositories')
      .where({ repository })
      .update({
        state,
        reason,
        attempted_at: attemptedAt,
        ...(hasAnswered && { observed_at: attemptedAt }),
      }),
  );
  return !isSame;
}
