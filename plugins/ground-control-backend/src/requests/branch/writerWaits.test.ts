import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { WriterWorld } from '../writing/__testUtils__/WriterWorld';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('The writer, %s', id => {
  it('writes and outdates nothing while the branch is read anew', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const world = WriterWorld.create(knex, ['ledger']);
    try {
      const reader = await world.startRead({ writes: false });
      const number = await world.approve({ service: 'ledger', number: 2 });
      await reader.stop();
      // As its tables are in the middle of it.
      await knex('repositories').update({ anew_since: 1 });
      await knex('service_environments').delete();
      let looks = 0;
      knex.on('query', ({ sql }) => {
        looks += Number(sql.includes('anew_since'));
      });
      await world.start({ reads: false });
      // Where it went on after a look, the request would be outdated by then.
      await world.until('the writer looked again and again', async () => {
        return looks > 5;
      });
      expect((await world.row(number)).state).toBe('approved');
      expect(world.commits()).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
