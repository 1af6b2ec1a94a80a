import { TestDatabaseId } from '@backstage/backend-test-utils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { TestHistory } from '../../__testUtils__/TestHistory';
import { until } from '../../__testUtils__/until';
import { NoticesService } from './NoticesService';

const databases = createTestDatabases();
const START = Date.parse('2026-03-02T12:00:00.000Z');
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

describe.each(databases.eachSupportedId())('NoticesService on %s', id => {
  it('tells the squad once, over restarts and faults, and when it is over', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const history = new TestHistory(knex);
    const position = await history.release({
      service: 'ledger-api',
      environment: 'prod',
    });
    await knex('services').insert({
      repository: 'default',
      namespace: 'payments',
      service: 'ledger-api',
      squad_ref: 'group:default/squad-ledger',
      squad_source: 'catalog',
      in_repository: true,
      in_catalog: true,
    });
    const clusters = new TestClusters(knex, at(0));
    await clusters.cluster({ name: 'aws-prod-1', environment: 'prod' });
    await clusters.judge({
      cluster: 'aws-prod-1',
      environment: 'prod',
      service: 'ledger-api',
      position,
      state: 'failed',
      reason: 'crash-loop',
      message: 'restarted 5 times; exit code 1',
    });
    let now = START;
    let isAway = true;
    const sent: NotificationSendOptions[] = [];
    const logger = createRecordingLogger();
    const start = () => {
      const service = new NoticesService({
        knex,
        logger,
        repository: 'default',
        notifications: {
          send: async options => {
            if (isAway) throw new Error('notifications are away');
            sent.push(options);
          },
        },
        flapMs: 20_000,
        stuckMs: 600_000,
        intervalMs: 20,
        now: () => now,
      });
      service.start();
      return service;
    };
    const pause = () => new Promise(resolve => setTimeout(resolve, 200));
    // A machine that is busy may take its time for what has to happen.
    const areSent = async (count: number) => {
      await until(() => sent.length >= count, { seen: () => sent });
      await pause();
    };
    /** So late, what measures is heard of; the pause is for what may not come. */
    const go = async (seconds: number) => {
      const time = START + seconds * 1_000;
      await knex('clusters').update({ observed_at: time });
      now = time;
      await pause();
    };
    const notices = () => knex('cluster_notices');

    let service = start();
    await go(10);
    await until(async () => (await notices()).length > 0);
    expect(await notices()).toMatchObject([
      { service: 'ledger-api', kind: 'failed', told_at: null },
    ]);
    await go(30);
    await until(() => /notifications are away/.test(logger.lines.join('\n')));
    expect(sent).toEqual([]);
    isAway = false;
    await areSent(1);
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
    await service.stop();
    service = start();
    await go(60);
    expect(sent).toHaveLength(1);

    await knex('cluster_services').update({ state: 'reconciled' });
    await go(70);
    await until(async () => (await notices())[0].over_since !== null);
    await service.stop();
    service = start();
    await go(90);
    await areSent(2);
    expect(sent).toHaveLength(2);
    expect(sent[1].payload).toMatchObject({
      title: 'No longer failing in prod: ledger-api',
      severity: 'normal',
      scope: sent[0].payload.scope,
    });
    await go(120);
    expect(sent).toHaveLength(2);
    await until(async () => (await notices()).length === 0);
    await service.stop();
  });
});
