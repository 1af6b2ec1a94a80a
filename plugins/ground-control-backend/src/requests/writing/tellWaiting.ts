import { Knex } from 'knex';
import { readRepositoryRow } from '../../gitops/store/repositoryRow';
import { RepositoryRow } from '../../gitops/types';
import { addStep } from '../addStep';
import { lockRequests } from '../store/lockRequests';
import { WRITER } from './applyOutcomes';
import { Transact } from './types';
import { waitsForWriter } from './waitsForWriter';

const CODE = 'waits-for-reading';

/**
 * Says on requests, once each time, that they wait until ingest has read the
 * branch: nothing of them would move otherwise, and nobody knew why.
 *
 * @returns how many were told
 */
export async function tellWaiting(
  transact: Transact,
  options: { repository: string; numbers: number[]; now: number },
): Promise<number> {
  const { repository, numbers, now } = options;
  return transact(async tx => {
    const rows = await lockRequests(tx, numbers);
    const told = await readTold(tx, numbers);
    const message = describe(await readRepositoryRow(tx, repository));
    const open = rows.filter(
      row => waitsForWriter(row) && !told.has(row.number),
    );
    for (const { number } of open) {
      await addStep(tx, { number, at: now, by: WRITER, code: CODE, message });
    }
    return open.length;
  });
}

/** Those of which nothing was told since. */
async function readTold(
  tx: Knex.Transaction,
  numbers: number[],
): Promise<Set<number>> {
  const told: number[] = await tx('release_request_steps as s')
    .whereIn('s.number', numbers)
    .where('s.code', CODE)
    .whereNotExists(
      tx('release_request_steps as later')
        .whereRaw('later.number = s.number and later.step > s.step')
        .select(tx.raw('1')),
    )
    .pluck('s.number');
  return new Set(told);
}

function describe(row: RepositoryRow | undefined): string {
  const far =
    row?.remote_position && row.remote_position > row.position
      ? ` (${row.position} of ${row.remote_position} commits)`
      : '';
  const why = row?.reason ? ` ${row.reason}` : '';
  return `It is written as soon as the config repository is read up to its last commit${far}: what would be replaced isn’t known before.${why}`;
}
