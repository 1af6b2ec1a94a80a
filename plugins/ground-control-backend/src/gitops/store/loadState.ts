import { Knex } from 'knex';
import { KnownState } from '../ingest/KnownState';
import { ProblemRow, ServiceEnvironmentRow } from '../types';

/** Reads back what ingest knew when it last wrote. */
export async function loadState(
  knex: Knex,
  repository: string,
): Promise<KnownState> {
  const rows: ServiceEnvironmentRow[] = await knex('service_environments')
    .where({ repository })
    .select('*');
  const problems: ProblemRow[] = await knex('problems')
    .where({ repository })
    .whereNotNull('position')
    .select('*');
  return new KnownState(
    rows.map(row => ({
      ...row,
      removed: Boolean(row.removed),
      released_at: Number(row.released_at),
    })),
    problems.map(row => ({ ...row, since: Number(row.since) })),
  );
}
