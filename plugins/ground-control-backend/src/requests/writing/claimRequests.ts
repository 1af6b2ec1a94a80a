import { Knex } from 'knex';
import { parseRequestRow } from '../store/parseRequestRow';
import { ReleaseRow } from '../types';
import { whereWaits } from './whereWaits';

/**
 * Reads the requests for releases that are to become commits now, in order of
 * their numbers. Of those for one service and environment only the first: the
 * next waits until that one has come to an end, so that none overtakes another.
 */
export async function claimRequests(
  knex: Knex,
  options: { repository: string; now: number; limit: number },
): Promise<ReleaseRow[]> {
  const { repository, now, limit } = options;
  const rows = await knex('release_requests as r')
    .where({ 'r.repository': repository, 'r.kind': 'release' })
    .where(query => whereWaits(query, 'r'))
    .where(due =>
      due
        .whereNull('r.next_attempt_at')
        .orWhere('r.next_attempt_at', '<=', now),
    )
    .whereNotExists(
      knex('release_requests as e')
        .whereRaw(
          'e.repository = r.repository and e.service = r.service and e.namespace = r.namespace and e.environment = r.environment and e.number < r.number',
        )
        .where('e.kind', 'release')
        .where(query => whereWaits(query, 'e'))
        .select(knex.raw('1')),
    )
    .orderBy('r.number')
    .limit(limit)
    .select('r.*');
  return rows.map(row => parseRequestRow(row) as ReleaseRow);
}
