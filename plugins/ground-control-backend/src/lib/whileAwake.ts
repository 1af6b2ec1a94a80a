import { Knex } from 'knex';
import { isSqlite } from './isSqlite';

/** Between two statements of a transaction we wait for nothing but ourselves. */
const LONGEST_REST_MS = 5_000;

/**
 * Has PostgreSQL end the transaction of a query when its process goes quiet in
 * the middle of it. One that is frozen, or whose machine is gone, would keep
 * its locks until the network is given up, which takes hours, and everybody
 * else would wait for it. It rides on a statement that is made anyway: a
 * transaction of many must not become one of many more.
 *
 * @param restMs - how quiet it may be; milliseconds
 */
export function whileAwake<Query extends Knex.QueryBuilder>(
  tx: Knex.Transaction,
  query: Query,
  restMs: number = LONGEST_REST_MS,
): Query {
  if (!isSqlite(tx)) {
    query.whereRaw(
      `set_config('idle_in_transaction_session_timeout', ?, true) is not null`,
      [String(Math.ceil(restMs))],
    );
  }
  return query;
}
