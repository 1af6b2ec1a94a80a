import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  SignalPayload,
  signalsServiceRef,
} from '@backstage/plugin-signals-node';
import {
  decodeBoard,
  EncodedBoard,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { createTestDatabases } from './__testUtils__/databases';
import { component, group } from './__testUtils__/entities';
import { migrate } from './__testUtils__/migrate';
import { startServer, TestServer } from './__testUtils__/startServer';
import { TestHistory } from './__testUtils__/TestHistory';

jest.setTimeout(60_000);

describe.each(createTestDatabases().eachSupportedId())(
  'After ingest wrote, %s',
  id => {
    const databases = createTestDatabases();
    const signals: SignalPayload[] = [];
    let knex: Knex;
    let server: TestServer;

    beforeAll(async () => {
      knex = await databases.init(id);
      await migrate(knex);
      server = await startServer({
        knex,
        entities: [group('squad-a', 'A'), component('a-api', 'squad-a')],
        features: [
          createServiceFactory({
            service: signalsServiceRef,
            deps: {},
            factory: () => ({
              async publish(signal: SignalPayload) {
                signals.push(signal);
              },
            }),
          }),
        ],
      });
    });

    const readRows = async () => {
      const { body } = await server.get('/v1/board');
      return decodeBoard(body as EncodedBoard).rows.map(row => [
        row.service.name,
        row.squad,
        row.presence,
      ]);
    };

    it('shows the service before anybody is told to look', async () => {
      expect(await readRows()).toEqual([
        ['a-api', 'group:default/squad-a', 'catalog-only'],
      ]);
      signals.length = 0;
      const history = new TestHistory(knex);
      for (const service of ['a-api', 'b-api']) {
        await history.release({
          service,
          environment: 'dev',
          squad: 'squad-a',
        });
      }
      await server.hub.publish({
        kind: 'services',
        services: [
          { namespace: 'payments', name: 'a-api' },
          { namespace: 'payments', name: 'b-api' },
        ],
      });
      expect(await readRows()).toEqual([
        ['a-api', 'group:default/squad-a', 'both'],
        ['b-api', 'group:default/squad-a', 'repository-only'],
      ]);
    });

    it('tells open pages that there is news, and nothing else', async () => {
      await server.hub.publish({ kind: 'repository' });
      const kinds = () => signals.map(signal => signal.message.kind).sort();
      const deadline = Date.now() + 5_000;
      while (kinds().length < 2 && Date.now() < deadline) {
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      expect(kinds()).toEqual(['releases', 'repository']);
      expect(JSON.stringify(signals)).not.toMatch(/api|squad/);
      expect(signals).toContainEqual({
        channel: 'ground-control:changes',
        recipients: { type: 'broadcast' },
        message: { kind: 'repository', sequence: expect.any(Number) },
      });
    });

    it('tells of clusters, and of what stands in them', async () => {
      const told = async (...wanted: string[]) => {
        const kinds = () => signals.map(signal => signal.message.kind).sort();
        const deadline = Date.now() + 5_000;
        while (kinds().length < wanted.length && Date.now() < deadline) {
          await new Promise(resolve => setTimeout(resolve, 20));
        }
        expect(kinds()).toEqual(wanted);
        expect(JSON.stringify(signals)).not.toMatch(/api|payments/);
      };
      signals.length = 0;
      await server.hub.publish({ kind: 'clusters' });
      await told('clusters');
      signals.length = 0;
      await server.hub.publish({
        kind: 'cluster-services',
        services: [{ namespace: 'payments', name: 'a-api' }],
      });
      await told('clusters', 'releases');
    });
  },
);
