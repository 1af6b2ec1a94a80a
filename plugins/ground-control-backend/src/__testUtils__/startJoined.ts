import {
  createMockDirectory,
  MockDirectory,
  mockServices,
  startTestBackend,
  TestBackend,
  TestDatabaseId,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { groupOf, user } from '../requests/__testUtils__/RequestsFixture';
import groundControl from '../index';
import { createTestDatabases } from './databases';
import { component, located, TEST_LOCATION } from './entities';

/** Dee Park leads squad-ledger, to whom payments/ledger-api belongs. */
const ENTITIES = [
  user('dee.park', { displayName: 'Dee Park' }),
  groupOf('squad-ledger', [], 'user:default/dee.park'),
  component('ledger-api', 'squad-ledger', { service: 'payments/ledger-api' }),
];

/**
 * Starts the plugin as it is joined, over a real repository that it may write,
 * with what the directory's folder `store` has for artifacts.
 */
export function startJoined(options: {
  knex: Knex;
  directory: MockDirectory;
  repository: TestRepository;
  /** Beside those of squad-ledger. */
  entities?: Entity[];
  /** Of `groundControl.configRepository`. */
  reading?: object;
  /** Of `groundControl.requests`. */
  requests?: object;
  /** Entity ref of a Group. */
  platformEngineers?: string;
}): Promise<TestBackend> {
  const { directory, knex, platformEngineers, repository, requests } = options;
  return startTestBackend({
    features: [
      groundControl,
      mockServices.database.factory({ knex }),
      catalogServiceMock.factory({
        entities: located([...ENTITIES, ...(options.entities ?? [])]),
      }),
      mockServices.rootConfig.factory({
        data: {
          groundControl: {
            mirrorDirectory: directory.resolve('mirrors'),
            configRepository: {
              url: `file://${repository.path}`,
              writing: {
                author: { name: 'Robot', email: 'robot@example.com' },
              },
              ...options.reading,
            },
            artifactStore: { folder: { path: directory.resolve('store') } },
            requests: { trustedLocations: [TEST_LOCATION], ...requests },
            ...(platformEngineers && { platformEngineers }),
          },
        },
      }),
    ],
  });
}

/**
 * What tests of the joined plugin have: a database, a folder, a repository and
 * a backend over them, which all end when the tests are over.
 *
 * @param id - which database
 */
export function setUpJoined(id: TestDatabaseId) {
  let backend: TestBackend | undefined;
  const stop = async () => {
    const running = backend;
    backend = undefined;
    await running?.stop();
  };
  // Before the database is taken away, which the next line brings about.
  afterAll(stop);
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  const repository = TestRepository.create();
  afterAll(() => repository.remove());
  return {
    directory,
    repository,
    async start(
      options: Omit<
        Parameters<typeof startJoined>[0],
        'knex' | 'directory' | 'repository'
      > = {},
    ) {
      const knex = await databases.init(id);
      backend = await startJoined({ knex, directory, repository, ...options });
      return { backend, knex };
    },
    stop,
  };
}
