import { renameSync } from 'node:fs';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  DefaultEventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import {
  AccessPreview,
  AccessWish,
  GatewayEntries,
  RepositoryStatus,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  GitHttpServer,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from '../../__testUtils__/databases';
import {
  component,
  located,
  TEST_LOCATION,
} from '../../__testUtils__/entities';
import { until } from '../../__testUtils__/until';
import { releaseCommit } from '../../gitops/__testUtils__/artifacts';
import groundControl from '../../index';
import { groupOf, user } from '../../requests/__testUtils__/RequestsFixture';

const CANARY = 'canary-token-4711';
const PATH = 'backbone-gateway/shuttle.yaml';
const target = (name: string) =>
  `targets:\n  - hostName: ${name}\n    dnsName: ${name}.example\n    environment: east\n    squad: squad-ledger\n`;
const WISH: AccessWish = {
  kind: 'target',
  change: 'add',
  service: { namespace: 'payments', name: 'ledger-api' },
  name: 'rates',
  cluster: 'east',
  from: [],
  dnsName: 'rates.example.com',
};

describe.each(createTestDatabases().eachSupportedId())(
  'The plugin with gateway entries in a repository of their own, %s',
  id => {
    let stop: (() => Promise<void>) | undefined;
    // Before the database is taken away, which the next line brings about.
    afterEach(() => stop?.());
    const databases = createTestDatabases();
    const directory = createMockDirectory();
    let gateway: TestRepository;
    let server: GitHttpServer;

    beforeEach(async () => {
      gateway = TestRepository.create();
      gateway.commit({ message: 'x', files: { [PATH]: target('bureau') } });
      server = await GitHttpServer.start(gateway);
      server.password = CANARY;
    });
    afterEach(async () => {
      await server.close();
      gateway.remove();
    });

    async function start(configRepository?: object) {
      const logger = mockServices.logger.mock();
      const events = DefaultEventsService.create({ logger });
      const backend = await startTestBackend({
        features: [
          groundControl,
          mockServices.database.factory({ knex: await databases.init(id) }),
          createServiceFactory({
            service: eventsServiceRef,
            deps: {},
            factory: () => events,
          }),
          catalogServiceMock.factory({
            entities: located([
              user('dee.park', { displayName: 'Dee Park' }),
              groupOf('squad-ledger', [], 'user:default/dee.park'),
              component('ledger-api', 'squad-ledger', {
                service: 'payments/ledger-api',
              }),
            ]),
          }),
          mockServices.rootConfig.factory({
            data: {
              groundControl: {
                requests: { trustedLocations: [TEST_LOCATION] },
                ...(configRepository && {
                  configRepository: {
                    mirrorDirectory: directory.resolve('mirrors'),
                    pollInterval: { hours: 1 },
                    ...configRepository,
                  },
                }),
                gateway: {
                  repository: {
                    url: server.url,
                    username: 'robot',
                    password: CANARY,
                    mirrorDirectory: directory.resolve('mirrors'),
                    pollInterval: { hours: 1 },
                  },
                },
              },
            } as any,
          }),
        ],
      });
      stop = async () => {
        stop = undefined;
        await backend.stop();
      };
      const url = `http://127.0.0.1:${backend.server.port()}/api/ground-control`;
      const ask = async (path: string, body?: object) => {
        const response = await fetch(`${url}${path}`, {
          method: body ? 'POST' : 'GET',
          headers: {
            authorization: mockCredentials.user.header('user:default/dee.park'),
            'content-type': 'application/json',
          },
          ...(body && { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        expect(text).not.toContain(CANARY);
        return { status: response.status, body: JSON.parse(text) };
      };
      const read = async (): Promise<GatewayEntries> =>
        (await ask('/v1/gateway-entries?squad=all')).body;
      return {
        ask,
        read,
        readState: async () => (await read()).repository?.status.state,
        namesAre: (...expected: string[]) =>
          until(async () => {
            const names = (await read()).entries.map(({ name }) => name);
            return names.join() === expected.join();
          }),
        readConfigRepository: async (): Promise<RepositoryStatus> =>
          (await ask('/v1/repository')).body,
        /** A webhook of either repository. */
        look: () =>
          events.publish({
            topic: 'ground-control.config-repository',
            eventPayload: {},
          }),
      };
    }

    it('needs no config repository to read them', async () => {
      const { ask, look, namesAre, read, readConfigRepository } = await start();
      await namesAre('bureau');
      expect(await read()).toMatchObject({
        path: PATH,
        revision: gateway.tip(),
        repository: {
          name: server.url,
          status: { state: 'fresh', branch: 'master' },
        },
      });
      expect((await readConfigRepository()).reason).toMatch(
        /No config repository is configured/,
      );
      gateway.commit({ message: 'y', files: { [PATH]: target('feed') } });
      await look();
      await namesAre('feed');
      const preview = await ask('/v1/gateway-entries/preview', { wish: WISH });
      expect([preview.status, preview.body.error.message]).toEqual([
        404,
        expect.stringMatching(/configRepository\.url/),
      ]);
    });

    it('reads both, each by itself, and shows what a wish would change there', async () => {
      const config = TestRepository.create();
      try {
        config.commit({ message: 'x', files: { [PATH]: target('not-this') } });
        const joined = await start({
          url: `file://${config.path}`,
          writing: { author: { name: 'Robot', email: 'robot@example.com' } },
        });
        const { ask, look, namesAre, readConfigRepository, readState } = joined;
        await namesAre('bureau');
        const configIs = (state: string) =>
          until(async () => (await readConfigRepository()).state === state);
        await configIs('fresh');

        // Its own repository fails, and the other is read on.
        server.status = 503;
        config.commit(
          releaseCommit({ environment: 'dev', service: 'ledger', number: 1 }),
        );
        await look();
        await until(async () => (await readState()) === 'unreachable');
        await until(
          async () => (await readConfigRepository()).revision === config.tip(),
        );
        await namesAre('bureau');
        expect((await joined.read()).repository?.status.reason).toMatch(
          /can't be reached/,
        );

        // The config repository fails, and its own is read on.
        server.status = undefined;
        renameSync(config.path, `${config.path}-away`);
        gateway.commit({ message: 'y', files: { [PATH]: target('feed') } });
        await look();
        await configIs('missing');
        await namesAre('feed');
        await until(async () => (await readState()) === 'fresh');
        renameSync(`${config.path}-away`, config.path);
        await look();
        await configIs('fresh');

        let preview: AccessPreview | undefined;
        await until(async () => {
          const answer = await ask('/v1/gateway-entries/preview', {
            wish: WISH,
          });
          if (answer.status === 200) preview = answer.body;
          return answer.status === 200;
        });
        expect(preview!.ask).toEqual({
          allowed: false,
          code: 'not-configured',
          message: expect.stringContaining(`live in ${server.url}, which`),
        });
        expect(preview!.object).toBe(gateway.git('rev-parse', `HEAD:${PATH}`));
        expect(JSON.stringify(preview!.diff)).toMatch(/feed.*rates/);

        const asked = await ask('/v1/gateway-entries/requests', {
          wish: WISH,
          idempotencyKey: '0e6c2c52-1c9a-4b25-a9a1-0c6a1e1f7b11',
        });
        expect([asked.status, asked.body.error.message]).toEqual([
          409,
          expect.stringContaining(`live in ${server.url}, which`),
        ]);
      } finally {
        await stop?.();
        config.remove();
      }
    });
  },
);
