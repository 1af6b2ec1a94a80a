import { TestDatabaseId } from '@backstage/backend-test-utils';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { artifactId, releaseCommit } from './artifacts';
import { IngestFixture } from './IngestFixture';

/** The file of the artifact that {@link releaseLedger} records. */
export const LEDGER_PATH = 'dev/releases/dev/ledger/artifact.json';

/** A commit that releases a build of ledger to dev. */
export const releaseLedger = (number: number, more = {}) =>
  releaseCommit({ environment: 'dev', service: 'ledger', number, ...more });

/** The artifact of that build. */
export const ledgerId = (number: number) =>
  artifactId({ service: 'ledger', number });

/** What tests of an ingest are given. */
export interface IngestWorld {
  /** Which database it is. */
  id: string;
  /** A new one for each test. */
  repository: TestRepository;
  /** A database and what reads the repository into it, closed after the test. */
  setUp(url?: string): Promise<{ knex: Knex; fixture: IngestFixture }>;
  /** Another that reads into that database, closed after the test too. */
  open(knex: Knex, url?: string): Promise<IngestFixture>;
}

/** Describes how a repository is read, on each database. */
export function describeIngest(
  name: string,
  tests: (world: IngestWorld) => void,
): void {
  const databases = createTestDatabases();
  describe.each(databases.eachSupportedId())(`${name} on %s`, id => {
    const fixtures: IngestFixture[] = [];
    const world = {
      id,
      setUp: async url => {
        const knex = await databases.init(id as TestDatabaseId);
        await migrate(knex);
        return { knex, fixture: await world.open(knex, url) };
      },
      open: async (knex, url = world.repository.path) => {
        const fixture = await IngestFixture.create(knex, url);
        fixtures.push(fixture);
        return fixture;
      },
    } as IngestWorld;

    beforeEach(() => {
      world.repository = TestRepository.create();
    });

    afterEach(async () => {
      await Promise.all(fixtures.splice(0).map(fixture => fixture.close()));
      world.repository.remove();
    });

    tests(world);
  });
}
