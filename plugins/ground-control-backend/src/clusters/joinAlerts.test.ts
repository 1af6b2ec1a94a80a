import { mockServices } from '@backstage/backend-test-utils';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { TestClusters } from '../__testUtils__/TestClusters';
import { joinAlerts } from './joinAlerts';

describe.each(createTestDatabases().eachSupportedId())('Alerts, %s', id => {
  const databases = createTestDatabases();
  const topic = 'ground-control.flux-alert';
  let knex: Knex;
  let time = 1_000;
  const events = DefaultEventsService.create({
    logger: mockServices.logger.mock(),
  });

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    const clusters = new TestClusters(knex, '2026-03-02T12:00:00.000Z');
    await clusters.cluster({ name: 'aws-1' });
    await clusters.cluster({ name: 'gcp-1' });
    await joinAlerts({ events, knex, now: () => time });
  });

  const wanted = async () =>
    (await knex('clusters').orderBy('cluster')).map(
      row => row.look_wanted_at && Number(row.look_wanted_at),
    );

  it('leave word for whoever watches the cluster, and nothing else', async () => {
    const before = await knex('clusters').where({ cluster: 'aws-1' }).first();
    await events.publish({ topic, eventPayload: { cluster: 'aws-1' } });
    expect(await wanted()).toEqual([1_000, null]);
    time = 2_000;
    await events.publish({
      topic,
      eventPayload: { cluster: 'aws-1', connection: 'live', environment: 'x' },
    });
    expect(await wanted()).toEqual([2_000, null]);
    const { look_wanted_at: _, ...after } = await knex('clusters')
      .where({ cluster: 'aws-1' })
      .first();
    expect({ ...after, look_wanted_at: null }).toEqual(before);
  });

  it.each([
    [{ cluster: 'nobody' }],
    [{ cluster: "x' or '1'='1" }],
    [{ cluster: 'gcp-1\0' }],
    [{ cluster: { name: 'gcp-1' } }],
    [{ cluster: ['gcp-1'] }],
    [{}],
    [null],
    ['gcp-1'],
  ])('change nothing when they say %j', async eventPayload => {
    time = 9_000;
    await events.publish({ topic, eventPayload });
    expect(await wanted()).toEqual([2_000, null]);
  });
});
