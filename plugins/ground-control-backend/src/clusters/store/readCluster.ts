import { Knex } from 'knex';
import { ClusterRow } from './types';

const number = (value: unknown) =>
  value === null || value === undefined ? null : Number(value);

/** What is known of a cluster; undefined when nobody has seen it yet. */
export async function readCluster(
  knex: Knex,
  cluster: string,
): Promise<ClusterRow | undefined> {
  const found = await knex('clusters').where({ cluster }).first('*');
  if (!found) return undefined;
  const { look_wanted_at: ignored, ...row } = found;
  // bigint columns come as texts from PostgreSQL, booleans as numbers from SQLite.
  return {
    ...row,
    since: Number(row.since),
    observed_at: number(row.observed_at),
    last_event_at: number(row.last_event_at),
    source_suspended: Boolean(row.source_suspended),
  };
}
