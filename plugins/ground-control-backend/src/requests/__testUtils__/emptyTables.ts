import { Knex } from 'knex';

const TABLES = [
  'release_requests',
  'release_request_decisions',
  'release_request_steps',
  'auto_release_pauses',
  'audit_entries',
  'services',
  'squads',
  'artifacts',
  'releases',
  'service_environments',
  'commits',
  'commit_services',
  'leases',
];

/** Makes a database as after its migrations: a new one takes a second each. */
export async function emptyTables(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex(table).delete();
  await knex('audit_head').update({ sequence: 0, hash: '0'.repeat(64) });
}
