import { OPEN_REQUEST_STATES } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AccessRow } from '../../../requests/types';

/**
 * Finds the open requests whose place a new one takes: those about the same
 * entry, whether it was to come or to go.
 */
export async function findSupersededAccess(
  knex: Knex,
  { repository, subject }: Pick<AccessRow, 'repository' | 'subject'>,
): Promise<number[]> {
  const numbers = await knex('release_requests')
    .where({ repository, kind: 'access', subject })
    .whereIn('state', [...OPEN_REQUEST_STATES])
    .orderBy('number')
    .pluck('number');
  return numbers.map(Number);
}
