import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { emptyTables } from './emptyTables';
import { RequestsFixture } from './RequestsFixture';

/** What each test is given anew. */
export interface RequestsWorld {
  knex: Knex;
  fixture: RequestsFixture;
  /** Of the builds in the store; the first of them runs in prod. */
  artifactIds: string[];
}

/**
 * Describes what release requests do, on each database. The world is there
 * from the first `beforeEach` on.
 */
export function describeRequests(
  what: string,
  tests: (world: RequestsWorld) => void,
): void {
  const databases = createTestDatabases();
  describe.each(databases.eachSupportedId())(`${what}, %s`, id => {
    const world = {} as RequestsWorld;

    beforeAll(async () => {
      world.knex = await databases.init(id);
      await migrate(world.knex);
    }, 60_000);
    beforeEach(async () => {
      await emptyTables(world.knex);
      world.fixture = new RequestsFixture(world.knex);
      world.artifactIds = await world.fixture.fill();
    });
    afterEach(() => world.fixture.stop());

    tests(world);
  });
}
