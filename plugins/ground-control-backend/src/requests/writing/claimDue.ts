import { Knex } from 'knex';
import { parseRequestRow } from '../store/parseRequestRow';
import { RequestRow } from '../types';
import { whereWaits } from './whereWaits';

/** Which requests are claimed, and how many. */
export interface ClaimOptions {
  repository: string;
  now: number;
  limit: number;
}

/**
 * Reads the requests of a kind that are to become commits now, in order of
 * their numbers. Of those about the same only the first: the next waits until
 * that one has come to an end, so that none overtakes another.
 *
 * @param columns - that are alike of two requests about the same
 */
export async function claimDue<Row extends RequestRow>(
  knex: Knex,
  kind: Row['kind'],
  columns: ReadonlyArray<keyof Row & string>,
  { repository, now, limit }: ClaimOptions,
): Promise<Row[]> {
  const earlier = knex('release_requests as e')
    .whereRaw('e.repository = r.repository and e.number < r.number')
    .where('e.kind', kind)
    .where(query => whereWaits(query, 'e'))
    .select(knex.raw('1'));
  for (const column of columns) {
    earlier.whereRaw('?? = ??', [`e.${column}`, `r.${column}`]);
  }
  const rows = await knex('release_requests as r')
    .where({ 'r.repository': repository, 'r.kind': kind })
    .where(query => whereWaits(query, 'r'))
    .where(due =>
      due
        .whereNull('r.next_attempt_at')
        .orWhere('r.next_attempt_at', '<=', now),
    )
    .whereNotExists(earlier)
    .orderBy('r.number')
    .limit(limit)
    .select('r.*');
  return rows.map(row => parseRequestRow(row) as Row);
}
