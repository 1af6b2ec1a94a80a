import { Knex } from 'knex';

export function isSqlite(knex: Knex): boolean {
  return /sqlite/.test(knex.client.config.client);
}
