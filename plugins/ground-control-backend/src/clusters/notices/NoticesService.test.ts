import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { NoticesWorld } from './__testUtils__/NoticesWorld';
import { NoticesServiceOptions } from './NoticesService';

const databases = createTestDatabases();
const LEDGER = { service: 'ledger-api', environment: 'prod' };
const HOUR = 3_600;

describe.each(databases.eachSupportedId())('NoticesService on %s', id => {
  let world: NoticesWorld;

  afterEach(() => world.stop());

  const createWorld = async (options?: Partial<NoticesServiceOptions>) => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    world = new NoticesWorld(knex, options);
    await world.own('ledger-api');
    await world.clusters.cluster({ name: 'aws-prod-1', environment: 'prod' });
    return world;
  };

  const judge = async (position: number, state: 'failed' | 'reconciled') =>
    world.clusters.judge({
      ...LEDGER,
      cluster: 'aws-prod-1',
      position,
      state,
      message: 'restarted 5 times; exit code 1',
    });

  it('tells the squad once, over restarts and faults, and when it is over', async () => {
    const { knex, logger, sent } = await createWorld();
    await judge(await world.history.release(LEDGER), 'failed');
    world.isAway = true;
    const notices = () => knex('cluster_notices');

    world.start();
    await world.go(10);
    await until(async () => (await notices()).length > 0);
    expect(await notices()).toMatchObject([
      { service: 'ledger-api', kind: 'failed', told_at: null },
    ]);
    await world.go(30);
    await until(() => /notifications are away/.test(logger.lines.join('\n')));
    expect(sent).toEqual([]);
    world.isAway = false;
    await world.areSent(1);
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: 'group:default/squad-ledger',
        },
        payload: {
          title: 'Failed in prod: ledger-api',
          description: 'ledger-api\naws-prod-1: restarted 5 times; exit code 1',
          link: '/releases/services/payments/ledger-api?from=notification',
          severity: 'critical',
          topic: 'release.failed',
          scope: 'ground-control:failed:prod:payments/ledger-api',
        },
      },
    ]);
    await world.restart();
    await world.go(60);
    expect(sent).toHaveLength(1);

    await knex('cluster_services').update({ state: 'reconciled' });
    await world.go(70);
    await until(async () => (await notices())[0].over_since !== null);
    await world.restart();
    await world.go(90);
    await world.areSent(2);
    expect(sent).toHaveLength(2);
    expect(sent[1].payload).toMatchObject({
      title: 'No longer failing in prod: ledger-api',
      severity: 'normal',
      scope: sent[0].payload.scope,
    });
    await world.go(120);
    expect(sent).toHaveLength(2);
    await until(async () => (await notices()).length === 0);
  });

  it('tells of a further release that fails as well, once', async () => {
    const { knex, sent } = await createWorld();
    await judge(await world.history.release(LEDGER), 'failed');
    // As an earlier version left it: nobody is told again of what stands there.
    await knex('cluster_notices').insert({
      repository: 'default',
      namespace: 'payments',
      ...LEDGER,
      kind: 'failed',
      squad_ref: 'group:default/squad-ledger',
      since: world.time(-600),
      clusters: '["aws-prod-1"]',
      told_at: world.time(-580),
    });
    const notice = () => knex('cluster_notices').first();
    world.start();
    await world.go(10);
    await until(async () => (await notice()).release_revision !== null);
    await world.go(60);
    expect(sent).toEqual([]);

    const position = await world.history.release({ ...LEDGER, number: 2 });
    await world.go(100);
    // Nothing was judged of it yet.
    expect(await notice()).toMatchObject({ newer_since: null });
    await knex('cluster_services').update({ release_position: position });
    await until(async () => (await notice()).newer_since !== null);
    await world.restart();
    await world.go(119);
    expect(sent).toEqual([]);
    await world.go(120);
    await world.areSent(1);
    expect(sent).toMatchObject([
      {
        recipients: { entityRef: 'group:default/squad-ledger' },
        payload: {
          title: 'New release failed in prod: ledger-api',
          description:
            'ledger-api\nThe newer release fails as well.\naws-prod-1: restarted 5 times; exit code 1',
          severity: 'critical',
          topic: 'release.failed',
          scope: 'ground-control:failed:prod:payments/ledger-api',
        },
      },
    ]);
    await world.clusters.cluster({ name: 'gcp-prod-1', environment: 'prod' });
    await world.clusters.judge({
      ...LEDGER,
      cluster: 'gcp-prod-1',
      position,
      state: 'failed',
    });
    await world.restart();
    await world.go(200);
    expect(sent).toHaveLength(1);
  });

  it('tells of drift that Flux corrected once a day at most', async () => {
    const { knex, sent } = await createWorld();
    await judge(await world.history.release(LEDGER), 'reconciled');
    const correct = (seconds: number) =>
      knex('cluster_services').update({
        drift_corrected_at: world.time(seconds),
      });
    const notice = () => knex('correction_notices').first();
    const isSeenAt = (hour: number) =>
      until(
        async () =>
          Number((await notice()).last_at) === world.time(hour * HOUR),
      );
    world.start();
    await world.go(10);
    // The cluster's clock may be another.
    await correct(-5 * HOUR);
    await world.areSent(1);
    expect(sent).toMatchObject([
      {
        recipients: { entityRef: 'group:default/squad-ledger' },
        payload: {
          title: 'Flux undid changes to ledger-api in aws-prod-1',
          topic: 'release.drift-corrected',
          scope: 'ground-control:drift-corrected:prod:payments/ledger-api',
        },
      },
    ]);
    for (let hour = 10; hour <= 40; hour += 10) {
      await world.go(hour * HOUR);
      await correct((hour - 5) * HOUR);
      await isSeenAt(hour);
      await world.restart();
    }
    await world.go(70 * HOUR);
    expect(sent).toHaveLength(1);
    await correct(66 * HOUR);
    await world.areSent(2);
    expect(world.titles[1]).toBe(world.titles[0]);

    await knex('cluster_services').delete();
    await world.go(100 * HOUR);
    await until(async () => !(await notice()));
    expect(sent).toHaveLength(2);
  });

  describe('of a cluster that can not be read', () => {
    const PLATFORM = { platformEngineers: 'group:default/platform' };
    const away = {
      connection: 'unauthorized',
      reason: 'It rejects our credentials (401)',
    };
    const connect = (row: object) =>
      world.knex('clusters').where({ cluster: 'aws-prod-1' }).update(row);
    const notices = () => world.knex('unread_clusters');

    it('tells platform engineers once, and once when it is read again', async () => {
      const { sent } = await createWorld(PLATFORM);
      world.start();
      await world.go(20);
      await connect({ ...away, since: world.time(12) });
      await until(async () => (await notices()).length > 0);
      await world.restart();
      await world.go(319);
      expect(sent).toEqual([]);
      await world.go(320);
      await world.areSent(1);
      expect(sent).toEqual([
        {
          recipients: { type: 'entity', entityRef: 'group:default/platform' },
          payload: {
            title: 'Cannot read aws-prod-1: credentials rejected',
            description:
              'It rejects our credentials (401).\naws-prod-1 has not been read since 2 Mar 2026, 12:00 UTC. What is shown of it, and of squads’ services in it, is from before.',
            link: '/releases/clusters/aws-prod-1',
            severity: 'high',
            topic: 'cluster.unread',
            scope: 'ground-control:unread:aws-prod-1',
          },
        },
      ]);
      await world.restart();
      await world.go(900);
      expect(sent).toHaveLength(1);

      await connect({ connection: 'live', reason: null });
      await world.go(1_000);
      await until(async () => (await notices())[0].over_since !== null);
      await world.restart();
      await world.go(1_300);
      await world.areSent(2);
      expect(world.titles[1]).toBe('Read again: aws-prod-1');
      await until(async () => (await notices()).length === 0);
    });

    it('counts one as such whose watcher died', async () => {
      const { knex, sent } = await createWorld(PLATFORM);
      world.start();
      await world.go(0);
      await connect({ connection: 'syncing' });
      await world.go(31);
      await until(async () => (await notices()).length > 0);
      await world.go(331);
      await world.areSent(1);
      expect(sent[0].payload.title).toBe(
        'Cannot read aws-prod-1: not heard of',
      );
      // It is being bootstrapped anew, so nothing of it is told.
      await knex('cluster_recoveries').insert({
        cluster: 'aws-prod-1',
        started_at: world.time(330),
      });
      await until(async () => (await notices()).length === 0);
      await connect({ connection: 'live' });
      await world.go(2_000);
      expect(sent).toHaveLength(1);
    });

    it('forgets one that is no longer configured, and tells nobody where no Group is', async () => {
      const { knex, sent } = await createWorld(PLATFORM);
      await connect({ ...away, since: world.time(0) });
      world.start();
      await world.go(10);
      await until(async () => (await notices()).length > 0);
      await knex('clusters').delete();
      await until(async () => (await notices()).length === 0);
      await world.stop();

      world = new NoticesWorld(knex);
      await world.clusters.cluster({
        name: 'aws-prod-1',
        connection: 'unreachable',
      });
      // Of when there was a Group.
      await knex('unread_clusters').insert({
        cluster: 'aws-prod-1',
        since: 1,
        noted_at: 1,
        told_at: 1,
      });
      world.start();
      await until(async () => (await notices()).length === 0);
      await world.go(999);
      expect(sent).toEqual([]);
      expect(world.sent).toEqual([]);
      expect(world.logger.lines).toEqual([]);
    });
  });
});
