import { mockServices } from '@backstage/backend-test-utils';
import {
  Board,
  decodeBoard,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { startServer, TestServer } from '../../__testUtils__/startServer';
import { readOpenApi } from '../openApiRouter';
import { fillReading, LEDGER, READ_ENTITIES } from './fillReading';

/** What tests of routes that read are given. */
export interface ReadingWorld {
  /** Which database it is. */
  id: string;
  /** For what a test adds; there from the first test on. */
  knex: Knex;
  /** There from the first test on. */
  server: TestServer;
  /** The answer, checked against what the description says of the route. */
  getValid(path: string, route: string): Promise<any>;
  getBoard(query?: string): Promise<Board>;
}

/**
 * Describes what routes that need nothing but rows answer, on each database,
 * to a member of squad-ledger.
 */
export function describeReading(tests: (world: ReadingWorld) => void): void {
  const databases = createTestDatabases();
  const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
  ajv.addSchema(readOpenApi() as object, 'api');
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: 'user:default/mock',
      ownershipEntityRefs: ['user:default/mock', LEDGER],
    }),
  });

  describe.each(databases.eachSupportedId())('HTTP API, %s', id => {
    const world = { id } as ReadingWorld;

    async function getValid(path: string, route: string) {
      const response = await world.server.get(path);
      expect(response.body.error).toBeUndefined();
      expect(response.status).toBe(200);
      const pointer = route
        .replaceAll('/', '~1')
        .replace(/[{}]/g, c => encodeURIComponent(c));
      const valid = ajv.validate(
        {
          $ref: `api#/paths/${pointer}/get/responses/200/content/application~1json/schema`,
        },
        response.body,
      );
      expect(ajv.errorsText()).toBe('No errors');
      expect(valid).toBe(true);
      return response.body;
    }

    async function getBoard(query = '') {
      return decodeBoard(await getValid(`/v1/board${query}`, '/v1/board'));
    }

    beforeAll(async () => {
      const knex = await databases.init(id);
      await migrate(knex);
      await fillReading(knex);
      world.knex = knex;
      world.server = await startServer({
        knex,
        entities: READ_ENTITIES,
        userInfo,
        config: {
          groundControl: {
            configRepository: {
              url: 'https://git.example/config',
              commitUrl: 'https://git.example/config/commit/{revision}',
            },
            links: [
              {
                title: 'Logs',
                kind: 'logs',
                url: 'https://logs.example/?q={namespace}/{service}&e={environment}',
              },
              { title: 'Bad', url: 'vbscript:alert({service})' },
            ],
          },
        },
      });
    });

    tests(Object.assign(world, { getValid, getBoard }));
  });
}
