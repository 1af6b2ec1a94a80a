import { Knex } from 'knex';
import {
  deriveConnectionState,
  parseConnection,
} from '../../deriveConnectionState';
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
    const heard = parseConnection(row);
    const connection = deriveConnectionState(heard, now);
    const known = {
      cluster: row.cluster,
      connection,
      isRecovering: recovering.has(row.cluster),
      wasRead: heard.observedAt !== undefined,
    };
    return connection === heard.connection
      ? {
          ...known,
          since: heard.since,
          ...(row.reason !== null && { reason: row.reason }),
        }
      : { ...known, since: heard.observedAt ?? heard.since };
  });
}
