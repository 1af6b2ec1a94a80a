import { Knex } from 'knex';
import { ConflictError } from '@backstage/errors';
import { parseRequestRow } from '../store/parseRequestRow';
import { RequestRow } from '../types';
import { Asked } from './types';

/**
 * Reads what the same person asked before with the same key.
 *
 * @returns nothing where they didn't
 * @throws ConflictError where it was something else
 */
export async function readAsked(
  knex: Knex,
  asked: Pick<Asked, 'repository' | 'idempotencyKey' | 'digest'> & {
    requester: Pick<Asked['requester'], 'ref'>;
  },
): Promise<RequestRow[]> {
  const rows = await knex('release_requests')
    .where({
      repository: asked.repository,
      requested_by: asked.requester.ref,
      idempotency_key: asked.idempotencyKey,
    })
    .orderBy('ordinal');
  const requests: RequestRow[] = rows.map(parseRequestRow);
  if (requests.some(row => row.ask_digest !== asked.digest)) {
    throw new ConflictError(
      'Something else was asked for with the same idempotency key; make a new one for each form',
    );
  }
  return requests;
}
