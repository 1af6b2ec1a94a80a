import { Knex } from 'knex';
import { isSqlite } from '../../lib/isSqlite';
import { whileAwake } from '../../lib/whileAwake';

/**
 * Lets one transaction ask at a time: two that look for what they supersede
 * wouldn't see each other's rows, and both stay open. Taken before any row is
 * locked. SQLite has one writer anyway.
 */
export async function lockAsking(
  tx: Knex.Transaction,
  repository: string,
): Promise<void> {
  if (isSqlite(tx)) return;
  const lock = tx.raw('pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `ground-control/ask/${repository}`,
  ]);
  await whileAwake(tx, tx.select(lock));
}
