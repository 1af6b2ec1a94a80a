import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';

/** Brings a test database to the present schema. */
export async function migrate(knex: Knex): Promise<void> {
  await openDatabase(mockServices.database({ knex }));
}
