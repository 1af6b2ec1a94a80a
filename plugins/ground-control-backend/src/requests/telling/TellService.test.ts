import { TestDatabaseId } from '@backstage/backend-test-utils';
import { EventParams } from '@backstage/plugin-events-node';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { ChangeHub } from '../../lib/ChangeHub';
import { insertAccess } from '../__testUtils__/insertAccess';
import { insertRequest } from '../__testUtils__/insertRequest';
import { moveRequest } from '../moveRequest';
import { RequestEvent } from '../types';
import { addStep } from '../addStep';
import { TellService } from './TellService';

const databases = createTestDatabases();
const START = Date.parse('2026-03-02T12:00:00.000Z');
const HOUR = 3_600_000;
const ANA = 'user:default/ana.ruiz';
const DEE = 'user:default/dee.park';

async function setUp(id: string) {
  const knex = await databases.init(id as TestDatabaseId);
  await migrate(knex);
  const sent: NotificationSendOptions[] = [];
  const published: EventParams[] = [];
  const logger = createRecordingLogger();
  const world = {
    knex,
    sent,
    published,
    logger,
    now: START,
    /** Of whose notifications nothing is taken. */
    refused: '',
    start() {
      const hub = new ChangeHub({ onError: () => {}, gatherMs: 5 });
      const service = new TellService({
        knex,
        logger,
        hub,
        repository: 'default',
        mainBranch: 'master',
        notifications: {
          send: async options => {
            if (options.payload.scope === world.refused) {
              throw new Error('notifications are away');
            }
            sent.push(options);
          },
        },
        events: {
          publish: async event => {
            published.push(event);
          },
          subscribe: async () => {},
        },
        listDeciders: async () => [DEE, ANA],
        listLeads: async () => [DEE],
        intervalMs: 20,
        now: () => world.now,
      });
      service.start();
      return { hub, service };
    },
    async ask(expiresAt: number | null = null) {
      const number = await insertRequest(knex, {
        requested_at: START,
        expires_at: expiresAt,
      });
      await knex.transaction(tx =>
        addStep(tx, {
          number,
          at: world.now,
          state: 'pending',
          code: 'asked',
          by: ANA,
        }),
      );
      return number;
    },
    move: (number: number, event: Partial<RequestEvent>) =>
      knex.transaction(tx =>
        moveRequest(tx, {
          number,
          event: {
            type: 'approve',
            at: world.now,
            code: 'approved',
            actor: DEE,
            ...event,
          },
        }),
      ),
    untold: async () =>
      (await knex('release_request_steps').whereNull('told_at')).length,
    titles: () =>
      sent.map(({ recipients, payload }) => [
        payload.title,
        'entityRef' in recipients && recipients.entityRef,
      ]),
  };
  return world;
}

describe.each(databases.eachSupportedId())('TellService on %s', id => {
  it('tells each step once, to whom it concerns, over restarts', async () => {
    const world = await setUp(id);
    let { service, hub } = world.start();
    const number = await world.ask();
    await hub.publish({ kind: 'requests' });
    await until(async () => (await world.untold()) === 0);
    // The requester leads the squad too, and doesn't decide.
    expect(world.titles()).toEqual([['Decide: ledger-api → prod', [DEE]]]);
    await service.stop();

    await world.knex('release_request_decisions').insert({
      number,
      decided_by: DEE,
      decision: 'approve',
      role: 'lead',
      evidence: '',
      decided_at: START,
    });
    await world.move(number, {});
    await world.move(number, {
      type: 'commit',
      code: 'committed',
      changes: { revision: '4f2c1aa' },
    });
    ({ service, hub } = world.start());
    await until(async () => (await world.untold()) === 0);
    await world.move(number, { type: 'fail', code: 'cluster-failed' });
    await until(async () => (await world.untold()) === 0);
    expect(world.titles().slice(1)).toEqual([
      ['Approved: ledger-api → prod', [ANA]],
      ['Failed in prod: ledger-api', [ANA, DEE, 'group:default/squad-ledger']],
    ]);
    expect(world.published.map(({ eventPayload }) => eventPayload)).toEqual(
      [
        ['pending', 'asked'],
        ['approved', 'approved'],
        ['committed', 'committed'],
        ['failed', 'cluster-failed'],
      ].map(([state, code]) => ({
        id: `REQ-${number}`,
        kind: 'release',
        service: { namespace: 'payments', name: 'ledger-api' },
        environment: 'prod',
        state,
        code,
      })),
    );
    expect(world.published[0].topic).toBe('ground-control.request');
    await service.stop();
    hub.close();
  });

  it('tells of access what it is, and to whom', async () => {
    const world = await setUp(id);
    const number = await insertAccess(world.knex, { requested_at: START });
    await world.knex.transaction(tx =>
      addStep(tx, {
        number,
        at: world.now,
        state: 'pending',
        code: 'asked',
        by: ANA,
      }),
    );
    const { hub, service } = world.start();
    await until(async () => (await world.untold()) === 0);
    expect(world.titles()).toEqual([
      ['Decide: access to ledger-api → az-1', [DEE]],
    ]);
    expect(world.sent[0].payload.description).toMatch(
      /^payments\/fx-api is to call ledger-api \(payments, port 8080\) at az-1 from aws-1\nAddress: /,
    );
    expect(world.published.map(({ eventPayload }) => eventPayload)).toEqual([
      {
        id: `REQ-${number}`,
        kind: 'access',
        service: { namespace: 'payments', name: 'ledger-api' },
        environment: 'prod',
        state: 'pending',
        code: 'asked',
      },
    ]);
    await service.stop();
    hub.close();
  });

  it('lets no failing one keep others, says it once, and tries again', async () => {
    const world = await setUp(id);
    const first = await world.ask();
    world.refused = `REQ-${first}`;
    const { service } = world.start();
    await until(() => /are away/.test(world.logger.lines.join('\n')));
    await world.ask();
    await until(() => world.sent.length === 1);
    await until(async () => (await world.untold()) === 1);
    await until(() => world.published.length === 2);

    world.refused = '';
    await until(async () => (await world.untold()) === 0);
    expect(world.sent).toHaveLength(2);
    expect(world.published).toHaveLength(2);
    await until(() => /can be told of/.test(world.logger.lines.join('\n')));
    expect(
      world.logger.lines.filter(line => /are away/.test(line)),
    ).toHaveLength(1);
    await service.stop();
  });

  it('says once, an hour before, that a request expires', async () => {
    const world = await setUp(id);
    await world.ask(START + 24 * HOUR);
    await world.ask(START + 1.5 * HOUR);
    const { service } = world.start();
    await until(() => world.sent.length === 2);
    world.now = START + 1.4 * HOUR;
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(world.sent).toHaveLength(2);
    world.now = START + 23 * HOUR;
    await until(() => world.sent.length === 3);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(world.titles().slice(2)).toEqual([
      ['Expires 12:00 UTC: ledger-api → prod', [DEE, ANA]],
    ]);
    await service.stop();
  });
});
