import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { isCatalogRead } from './readTouches';
import { ReadContext } from './types';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('isCatalogRead on %s', id => {
  it('tells a catalog that was never read from one that lacks something', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const context = { knex } as ReadContext;
    expect(await isCatalogRead(context)).toBe(false);
    await knex('squads').insert({
      squad_ref: 'group:default/ledger',
      title: 'Ledger',
      observed_at: 0,
    });
    expect(await isCatalogRead(context)).toBe(true);
  });
});
