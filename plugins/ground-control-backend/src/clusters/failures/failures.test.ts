import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { revisionOf, TestHistory } from '../../__testUtils__/TestHistory';
import { Standing } from '../decide/types';
import { dropOtherEnvironments } from '../store/dropOtherEnvironments';
import { syncClusters } from '../store/syncClusters';
import { ClusterRow } from '../store/types';
import { writeStandings } from '../store/writeStandings';
import { WatchKeeper } from './WatchKeeper';
import { WATCHES_KEPT_MS } from './watchTimes';

const databases = createTestDatabases();
const MINUTE = 60_000;
const START = Date.parse('2026-03-02T12:00:00.000Z');
/** By minutes since the start. */
const at = (minutes: number) => START + minutes * MINUTE;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();
const scope = { repository: 'default', cluster: 'aws', environment: 'prod' };

describe.each(databases.eachSupportedId())('What went on before, %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const history = new TestHistory(knex);
    for (const service of ['ledger-api', 'card-issuer', 'ledger-api']) {
      await history.release({ service, environment: 'prod' });
    }
  });
  beforeEach(async () => {
    for (const table of [
      'clusters',
      'cluster_services',
      'cluster_watches',
      'release_arrivals',
      'release_failures',
    ]) {
      await knex(table).delete();
    }
    await new TestClusters(knex, iso(0)).cluster({
      name: 'aws',
      environment: 'prod',
    });
  });

  describe('failures', () => {
    const judge = (
      minutes: number,
      changes: Record<string, [number, Standing['state']] | undefined>,
    ) =>
      knex.transaction(tx =>
        writeStandings(
          tx,
          scope,
          Object.entries(changes).map(([service, change]) => [
            `payments/${service}`,
            change && {
              releasePosition: change[0],
              state: change[1],
              reason: change[1] === 'failed' ? 'crash-loop' : 'other',
              since: at(minutes),
            },
          ]),
          at(minutes),
        ),
      );
    const failures = async () => {
      const rows = await knex('release_failures').orderBy(['since', 'service']);
      return rows.map(row => [
        row.service,
        row.revision,
        (Number(row.since) - START) / MINUTE,
        row.until && (Number(row.until) - START) / MINUTE,
        Boolean(row.recovered),
      ]);
    };

    it('are kept until a release runs again, and when it is replaced', async () => {
      await judge(1, {
        'ledger-api': [1, 'failed'],
        'card-issuer': [2, 'failed'],
      });
      await judge(2, {
        'ledger-api': [1, 'rolling-out'],
        'card-issuer': [2, 'reconciled'],
      });
      expect(await failures()).toEqual([
        ['card-issuer', revisionOf(2), 1, 2, true],
        ['ledger-api', revisionOf(1), 1, null, false],
      ]);
      await judge(3, {
        'ledger-api': [3, 'pending'],
        'card-issuer': [2, 'failed'],
      });
      await judge(4, { 'ledger-api': [3, 'reconciled'] });
      await judge(5, { 'card-issuer': undefined });
      expect(await failures()).toEqual([
        ['card-issuer', revisionOf(2), 1, 5, false],
        ['ledger-api', revisionOf(1), 1, 3, false],
      ]);
      expect(await knex('release_failures').pluck('reason')).toEqual([
        'crash-loop',
        'crash-loop',
      ]);
    });

    it('are another release’s where the next fails too', async () => {
      await judge(1, { 'ledger-api': [1, 'failed'] });
      await judge(7, { 'ledger-api': [3, 'failed'] });
      expect(await failures()).toEqual([
        ['ledger-api', revisionOf(1), 1, 7, false],
        ['ledger-api', revisionOf(3), 7, null, false],
      ]);
    });

    it('stay when the cluster is no longer there', async () => {
      await judge(1, { 'ledger-api': [1, 'failed'] });
      await knex('clusters').update({ observed_at: at(6) });
      await knex.transaction(tx => syncClusters(tx, [], at(9)));
      expect(await knex('cluster_services')).toEqual([]);
      expect(await failures()).toEqual([
        ['ledger-api', revisionOf(1), 1, 6, false],
      ]);
    });

    it('are apart from when a release was first seen to run', async () => {
      const arrivals = async () => {
        const rows = await knex('release_arrivals').orderBy('since');
        return rows.map(row => [
          row.service,
          row.revision,
          (Number(row.since) - START) / MINUTE,
        ]);
      };
      await judge(1, { 'ledger-api': [1, 'suspended'] });
      await judge(2, {
        'ledger-api': [3, 'pending'],
        'card-issuer': [2, 'rolling-out'],
      });
      expect(await arrivals()).toEqual([]);
      await judge(3, { 'card-issuer': [2, 'reconciled'] });
      await judge(4, { 'ledger-api': [3, 'reconciled'] });
      await judge(5, { 'card-issuer': [2, 'failed'] });
      await judge(6, { 'card-issuer': [2, 'reconciled'] });
      const seen = [
        ['card-issuer', revisionOf(2), 3],
        ['ledger-api', revisionOf(3), 4],
      ];
      expect(await arrivals()).toEqual(seen);
      // What runs now is taken over, and what was watched is begun anew.
      const migration = require('../../../migrations/20261122020000_release_arrivals');
      await migration.down(knex);
      await knex('cluster_watches').insert([
        { cluster: 'aws', environment: 'prod', since: at(0), until: at(1) },
        { cluster: 'aws', environment: 'prod', since: at(2) },
      ]);
      await migration.up(knex);
      expect(await arrivals()).toEqual([
        ['ledger-api', revisionOf(3), 4],
        ['card-issuer', revisionOf(2), 6],
      ]);
      const watches = await knex('cluster_watches');
      expect(watches).toMatchObject([{ cluster: 'aws', until: null }]);
      expect(Number(watches[0].since)).toBeGreaterThan(at(2));
    });

    it('and arrivals are written by clusters of one environment at once', async () => {
      const services = Array.from({ length: 250 }, (_, i) => `service-${i}`);
      const write = (cluster: string, order: string[]) =>
        knex.transaction(tx =>
          writeStandings(
            tx,
            { ...scope, cluster },
            order.map(service => [
              `payments/${service}`,
              {
                releasePosition: 1,
                state: 'reconciled',
                reason: 'applied',
                since: at(1),
              },
            ]),
            at(1),
          ),
        );
      for (let round = 0; round < 5; round += 1) {
        await knex('release_arrivals').delete();
        // On PostgreSQL, each would wait for rows that the other has written.
        await Promise.all([
          write('aws', services),
          write('gcp', services.toReversed()),
          write('az', services),
          write('aws-2', services.toReversed()),
        ]);
        expect(await knex('release_arrivals')).toHaveLength(250);
      }
    });

    it('and watching that go on are taken over from before this was kept', async () => {
      const migration = require('../../../migrations/20261122010000_release_failures');
      await migration.down(knex);
      await new TestClusters(knex, iso(2)).judge({
        ...scope,
        service: 'ledger-api',
        position: 1,
        state: 'failed',
        reason: 'crash-loop',
      });
      await migration.up(knex);
      expect(await failures()).toEqual([
        ['ledger-api', revisionOf(1), 2, null, false],
      ]);
      expect(await knex('cluster_watches')).toMatchObject([
        { cluster: 'aws', environment: 'prod', until: null },
      ]);
      await judge(3, { 'ledger-api': [1, 'reconciled'] });
      expect(await failures()).toEqual([
        ['ledger-api', revisionOf(1), 2, 3, true],
      ]);
    });
  });

  describe('watching', () => {
    type Seen = Pick<ClusterRow, 'connection' | 'observed_at'>;
    const live = (minutes: number): Seen => ({
      connection: 'live',
      observed_at: at(minutes),
    });
    const away = (minutes: number): Seen => ({
      connection: 'unreachable',
      observed_at: at(minutes),
    });
    const nobody: Seen = { connection: 'starting', observed_at: null };
    const run = async (
      before: Seen,
      rows: Seen[],
      environment = 'prod',
    ): Promise<void> => {
      const keeper = new WatchKeeper('aws', environment, before);
      for (const row of rows) {
        await knex.transaction(tx => keeper.write(tx, row));
        keeper.settle(row);
      }
    };
    const watches = async () => {
      const rows = await knex('cluster_watches').orderBy('since');
      return rows.map(row => [
        (Number(row.since) - START) / MINUTE,
        row.until && (Number(row.until) - START) / MINUTE,
      ]);
    };

    it('begins when a cluster is seen, and ends when it isn’t', async () => {
      await run(nobody, [nobody, live(1), live(2), live(3), away(9)]);
      expect(await watches()).toEqual([[1, 3]]);
      await run(away(9), [away(10), live(11), live(12)]);
      expect(await watches()).toEqual([
        [1, 3],
        [11, null],
      ]);
    });

    it('goes on over what a deployment of the portal takes', async () => {
      await run(nobody, [live(1), live(2), away(2), live(3.5)]);
      await run(live(3.5), [live(3.5), away(3.5), live(5)]);
      await run(live(5), [live(7)]);
      expect(await watches()).toEqual([[1, null]]);
    });

    it('ends with a watcher that died, as long as nobody took over', async () => {
      await run(nobody, [live(1), live(2)]);
      await run(live(2), [live(5), live(6)]);
      await run(live(6), [live(6), live(9)]);
      expect(await watches()).toEqual([
        [1, 2],
        [5, 6],
        [9, null],
      ]);
    });

    it('is of one environment', async () => {
      await run(nobody, [live(1), live(2)]);
      await knex('clusters').update({ observed_at: at(2) });
      await knex.transaction(tx =>
        dropOtherEnvironments(tx, 'aws', 'staging', at(3)),
      );
      await run(live(2), [live(3)], 'staging');
      expect(await watches()).toEqual([
        [1, 2],
        [3, null],
      ]);
    });

    it('is forgotten in the end', async () => {
      await run(nobody, [live(1), live(2), away(2)]);
      const later = 3 + WATCHES_KEPT_MS / MINUTE;
      await run(away(2), [live(later)]);
      expect(await watches()).toEqual([[later, null]]);
    });
  });
});
