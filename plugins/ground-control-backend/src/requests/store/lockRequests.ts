import { Knex } from 'knex';
import { isSqlite } from '../../lib/isSqlite';
import { whileAwake } from '../../lib/whileAwake';
import { RequestRow } from '../types';
import { parseRequestRow } from './parseRequestRow';

/**
 * Locks requests until the transaction ends, and reads them as they are then.
 *
 * Always in the order of their numbers, and before anything is appended to the
 * audit trail, whose head everybody locks last: two transactions that lock in
 * another order would wait for each other. So a transaction that moves several
 * requests locks them all first. SQLite has one writer anyway.
 */
export async function lockRequests(
  tx: Knex.Transaction,
  numbers: number[],
): Promise<RequestRow[]> {
  if (numbers.length === 0) return [];
  const query = whileAwake(
    tx,
    tx('release_requests').whereIn('number', numbers).orderBy('number'),
  );
  const rows = await (isSqlite(tx) ? query : query.forUpdate());
  return rows.map(parseRequestRow);
}
