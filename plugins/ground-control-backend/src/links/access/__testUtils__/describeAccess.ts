import { Knex } from 'knex';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { migrate } from '../../../__testUtils__/migrate';
import { emptyTables } from '../../../requests/__testUtils__/emptyTables';
import { AccessWorld } from './AccessWorld';
import { FILE } from './wishes';

/**
 * Describes what requests for access do, on each database. The world is there
 * from the first `beforeEach` on, and as it begins in each test.
 */
export function describeAccess(
  what: string,
  tests: (given: { knex: Knex; world: AccessWorld }) => void,
): void {
  const databases = createTestDatabases();
  describe.each(databases.eachSupportedId())(`${what}, %s`, id => {
    const given = {} as { knex: Knex; world: AccessWorld };

    beforeAll(async () => {
      given.knex = await databases.init(id);
      await migrate(given.knex);
      given.world = await AccessWorld.start(given.knex);
    }, 60_000);
    beforeEach(async () => {
      await emptyTables(given.knex);
      await given.world.begin(FILE);
    });
    afterAll(() => given.world?.stop());

    tests(given);
  });
}
