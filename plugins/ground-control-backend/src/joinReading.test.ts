import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  SignalPayload,
  signalsServiceRef,
} from '@backstage/plugin-signals-node';
import {
  decodeBoard,
  EncodedBoard,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { createTestDatabases } from './__testUtils__/databases';
import { component, group } from './__testUtils__/entities';
import { migrate } from './__testUtils__/migrate';
import { startServer, TestServer } from './__testUtils__/startServer';
import { TestHistory } from './__testUtils__/TestHistory';
import { until } from './__testUtils__/until';
import { ensureRepositoryRow } from './gitops/store/repositoryRow';

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

    const kinds = () => signals.map(signal => signal.message.kind).sort();
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
      await until(() => signals.length >= 2, { seen: () => signals });
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
        await until(() => signals.length >= wanted.length, {
          seen: () => signals,
        });
        expect(kinds()).toEqual(wanted);
        expect(JSON.stringify(signals)).not.toMatch(/api|payments/);
      };
      signals.length = 0;
      await server.hub.publish({ kind: 'clusters', ofConnection: false });
      await told('clusters');
      signals.length = 0;
      await server.hub.publish({
        kind: 'cluster-services',
        services: [{ namespace: 'payments', name: 'a-api' }],
      });
      await told('clusters', 'releases');
    });

    it('tells of a connection whoever sees releases', async () => {
      signals.length = 0;
      await server.hub.publish({ kind: 'clusters', ofConnection: true });
      await until(async () => signals.length === 2);
      expect(signals.map(({ message }) => message)).toContainEqual({
        kind: 'releases',
        sequence: expect.any(Number),
      });
    });

    it('tells the squads whose services changed, by marks that their boards have', async () => {
      await ensureRepositoryRow(knex, {
        repository: 'default',
        url_hash: 'x',
        branch: 'master',
        format: 1,
      });
      const readMarks = async (query: string) =>
        (await server.get(`/v1/board?${query}`)).body.marks;
      const own = await readMarks('squad=group:default/squad-a');
      expect(own).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/)]);
      expect(await readMarks('entity=component:default/a-api')).toEqual(own);
      expect(await readMarks('squad=group:default/other')).not.toEqual(own);
      expect(await readMarks('squad=all')).toBeUndefined();

      const told = async (services: ServiceRef[] | 'all') => {
        // What was told before rests for a second.
        await new Promise(resolve => setTimeout(resolve, 1_100));
        signals.length = 0;
        await server.hub.publish({ kind: 'services', services });
        await until(async () => signals.length > 0);
        return signals.map(({ message }) => message.marks);
      };
      const service = { namespace: 'payments', name: 'a-api' };
      expect(await told([service])).toEqual([own]);
      expect(await told([{ ...service, name: 'nobody' }])).toEqual([[]]);
      expect(await told('all')).toEqual([undefined]);
    });
  },
);
