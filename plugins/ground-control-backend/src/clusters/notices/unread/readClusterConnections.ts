import { Knex } from 'knex';
import { isHeardOf } from '../isHeardOf';
import { readRecovering } from '../readRecovering';
import { ReadCluster } from './types';

/** Reads how all configured clusters are read now. */
export async function readClusterConnections(
  knex: Knex,
  now: number,
): Promise<ReadCluster[]> {
  const [rows, recovering] = await Promise.all([
    knex('clusters')
      .orderBy('cluster')
      .select('cluster', 'connection', 'reason', 'since', 'observed_at'),
    readRecovering(knex, now),
  ]);
  return rows.map(row => {
    const { cluster, connection, reason } = row;
    const since = Number(row.since);
    const heardAt = Number(row.observed_at ?? since);
    const known = {
      cluster,
      isRecovering: recovering.has(cluster),
      wasRead: row.observed_at !== null,
    };
    // A watcher that died can't say that it did.
    const isStale =
      (connection === 'live' || connection === 'syncing') &&
      !isHeardOf(heardAt, now);
    return isStale
      ? { ...known, connection: 'stale', since: heardAt }
      : { ...known, connection, since, ...(reason !== null && { reason }) };
  });
}
