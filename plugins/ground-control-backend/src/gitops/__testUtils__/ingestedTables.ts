import { Knex } from 'knex';

/** All tables that ingest alone writes. */
export const INGESTED_TABLES = [
  'commits',
  'commit_services',
  'releases',
  'artifacts',
  'service_environments',
  'problems',
  'problem_changes',
];

/** All that ingest wrote, to compare two ways to the same history. */
export async function dumpIngested(
  knex: Knex,
): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of INGESTED_TABLES) {
    const rows = await knex(table).select('*');
    tables[table] = rows.map(row => JSON.stringify(row)).sort();
  }
  return tables;
}
