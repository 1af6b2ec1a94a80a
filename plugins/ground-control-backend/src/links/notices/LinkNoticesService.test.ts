import { TestDatabaseId } from '@backstage/backend-test-utils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { ChangeHub } from '../../lib/ChangeHub';
import { CallsWorld } from '../__testUtils__/CallsWorld';
import { readLinkedPairs } from '../readLinkedPairs';
import { LinkNoticesService } from './LinkNoticesService';

const databases = createTestDatabases();
const START = Date.UTC(2026, 2, 2, 12);
const SECOND = 1_000;

describe.each(databases.eachSupportedId())('LinkNoticesService on %s', id => {
  let knex: Knex;
  let world: CallsWorld;
  let now: number;
  let isAway: boolean;
  let changes: number;
  let sent: NotificationSendOptions[];
  let services: LinkNoticesService[];
  const logger = createRecordingLogger();
  const hub = new ChangeHub({ onError: () => {}, gatherMs: 1 });
  hub.subscribe(({ kind }) => {
    if (kind === 'links') changes += 1;
  });

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    world = new CallsWorld(knex, START);
    await world.fill();
    now = START;
    isAway = false;
    changes = 0;
    sent = [];
    services = [];
  });
  afterEach(() => Promise.all(services.map(service => service.stop())));
  afterAll(() => hub.close());

  function start() {
    const service = new LinkNoticesService({
      knex,
      logger,
      hub,
      repository: 'default',
      readLinkedPairs,
      notifications: {
        send: async options => {
          if (isAway) throw new Error('notifications are away');
          sent.push(options);
        },
      },
      intervalMs: 20,
      now: () => now,
    });
    services.push(service);
    service.start();
    return service;
  }

  /** Time goes on, and what measures is heard of. */
  async function go(seconds: number) {
    const at = START + seconds * SECOND;
    await knex('latency_clusters').update({ heard_at: at });
    await world.traffic({ 'aws-1 pay ledger': 1, 'aws-1 prod cron': 2 }, at);
    now = at;
  }

  const rows = () => knex('link_notices').select();
  const titles = () => sent.map(({ payload }) => payload.title);

  it('tells squads once, over restarts and faults, and when it is over', async () => {
    await go(0);
    await world.link('aws-1', 'gcp-1', 'down', now);
    isAway = true;
    let service = start();
    await until(async () => (await rows()).length === 1);
    expect(await rows()).toMatchObject([
      { squad_ref: 'group:default/maxus', calls: 3, told_state: null },
    ]);
    await go(10);
    await until(() => logger.lines.join('\n').includes('are away'));
    expect(sent).toEqual([]);
    isAway = false;
    await until(() => sent.length === 1);
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: 'group:default/maxus' },
        payload: {
          title: 'Down: aws-1 → gcp-1, 3 of your calls',
          description:
            'aws-1 → gcp-1: down since 2 Mar 2026, 12:00 UTC, 3 of your calls',
          link: '/links/calls?squad=group%3Adefault%2Fmaxus',
          severity: 'high',
          topic: 'link.affects-you',
          scope: 'ground-control:links:group:default/maxus',
        },
      },
    ]);
    await until(() => changes > 0);
    await service.stop();
    await go(20);
    service = start();
    start();
    await world.link('aws-1', 'gcp-1', 'normal', now);
    await until(async () => (await rows())[0]?.over_since !== null);
    expect(sent).toHaveLength(1);
    await go(330);
    await until(async () => (await rows()).length === 0);
    expect(titles().slice(1)).toEqual(['No longer down: aws-1 → gcp-1']);
  });

  it('tells of what the mesh counts and entries name, not of relations alone', async () => {
    await world.link('az-1', 'gcp-1', 'down', START);
    await world.link('aws-1', 'gcp-1', 'high', START);
    start();
    await until(async () => (await rows()).length > 0);
    now = START + 20 * SECOND;
    await knex('latency_clusters').update({ heard_at: now });
    await until(() => sent.length > 0);
    expect(titles()).toEqual(['Slow: aws-1 → gcp-1, 1 of your calls']);
    expect(await rows()).toHaveLength(1);
  });
});
