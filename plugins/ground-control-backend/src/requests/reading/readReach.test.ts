import { TestDatabaseId } from '@backstage/backend-test-utils';
import {
  formatServiceRef,
  parseServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { CallsWorld } from '../../links/__testUtils__/CallsWorld';
import { readRelated } from '../../links/calls/readRelated';
import { ServiceAccess } from '../../permissions/types';
import { readReach } from './readReach';

const databases = createTestDatabases();
const NOW = Date.UTC(2026, 2, 2, 12);
const HOUR = 3_600_000;

describe.each(databases.eachSupportedId())('readReach on %s', id => {
  let knex: Knex;
  let world: CallsWorld;

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    world = new CallsWorld(knex, NOW);
    await world.fill();
  });

  async function read(
    ref = 'fx/fx-api',
    {
      at = NOW,
      environment = 'prod',
      services = { kind: 'all' } as ServiceAccess,
    } = {},
  ) {
    const place = {
      service: parseServiceRef(ref)!,
      environment,
      now: new Date(at),
    };
    const repository = 'default';
    const related = await readRelated(knex, { ...place, repository, now: at });
    const reach = await readReach(
      { knex, repository, services },
      place,
      related,
    );
    return { ...reach, callers: reach.callers.map(formatServiceRef), related };
  }

  it('counts callers by what says so, each once', async () => {
    await world.traffic({
      'aws-1 pay ledger': 4,
      'aws-1 prod cron': 1,
      'az-1 pay ledger': 1,
      'az-1 ops backup': 1,
    });
    expect(await read()).toMatchObject({
      callers: ['cron', 'ops/backup', 'pay/ledger'],
      totalCallers: 3,
      hiddenCallers: 0,
      declared: 2,
      observed: 3,
    });
    const { related } = await read('pay/ledger');
    expect(related.callees.map(formatServiceRef)).toEqual(['fx/fx-api']);
    expect(related.callers).toEqual([
      expect.objectContaining({ name: 'fx-api', observed: false }),
    ]);
  });

  it('counts no calls of another environment', async () => {
    await world.traffic({ 'aws-1 pay ledger': 4 });
    expect(await read('fx/fx-api', { environment: 'dev' })).toMatchObject({
      declared: 2,
      observed: 0,
    });
  });

  it('names only what the reader may see, and counts the others', async () => {
    await world.traffic({ 'aws-1 pay ledger': 4, 'az-1 ops backup': 1 });
    await knex('services')
      .where({ service: 'cron' })
      .update({ squad_ref: 'group:default/nasa' });
    const services: ServiceAccess = {
      kind: 'some',
      criteria: { kind: 'squad', squads: ['group:default/nasa'] },
    };
    expect(await read('fx/fx-api', { services })).toMatchObject({
      callers: ['cron'],
      totalCallers: 3,
      hiddenCallers: 2,
    });
  });

  it('takes nothing that isn’t known for none', async () => {
    await knex('services').update({ entity_ref: null });
    expect(await read()).toMatchObject({
      callers: [],
      totalCallers: 0,
      declared: null,
      observed: null,
      observedMissing: expect.stringContaining('linkTraffic'),
      pods: null,
    });
    await world.traffic({ 'aws-1 pay ledger': 4 });
    expect(await read()).toMatchObject({ observed: 1 });
    expect(await read()).not.toHaveProperty('observedMissing');
    // What was counted still counts while its source is silent.
    expect(await read('fx/fx-api', { at: NOW + 3 * 60_000 })).toMatchObject({
      observed: 1,
      observedMissing: expect.stringContaining('Prometheus eu'),
    });
    expect(await read('fx/fx-api', { at: NOW + HOUR })).toMatchObject({
      observed: null,
    });
  });

  it('sums pods of the clusters that were heard of lately', async () => {
    const row = { replicas_ready: 1, replicas_desired: 2 };
    await knex('cluster_services').where({ service: 'ledger' }).update(row);
    expect((await read('pay/ledger')).pods).toEqual({
      ready: 2,
      desired: 4,
      clusters: 2,
    });
    await knex('clusters')
      .where({ cluster: 'az-1' })
      .update({ observed_at: NOW - HOUR });
    expect((await read('pay/ledger')).pods).toMatchObject({ clusters: 1 });
    expect((await read('fx/fx-api')).pods).toBeNull();
  });
});
