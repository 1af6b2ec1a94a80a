import { TestDatabaseId } from '@backstage/backend-test-utils';
import { parseServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { CallsWorld } from '../../links/__testUtils__/CallsWorld';
import { readLinkCalls } from '../../links/calls';
import { readLinkedPairs } from '../../links/readLinkedPairs';
import { readLinks } from './readLinks';

const databases = createTestDatabases();
const NOW = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;

describe.each(databases.eachSupportedId())('readLinks on %s', id => {
  let knex: Knex;
  let world: CallsWorld;

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    world = new CallsWorld(knex, NOW);
    await world.fill();
  });

  const read = (
    ref = 'pay/ledger',
    { environment = 'prod', wanted = true, at = NOW } = {},
  ) =>
    readLinks(knex, {
      repository: 'default',
      service: parseServiceRef(ref)!,
      environment,
      now: new Date(at),
      wanted,
    });
  const say = ({ calls }: Awaited<ReturnType<typeof read>>) =>
    calls.map(
      ({ affected, calleeName, from, sources, state, to }) =>
        `${calleeName}: ${from} → ${to} ${state} [${sources}]${
          affected ? ' affected' : ''
        }`,
    );

  it('finds the links that the service’s own calls cross, and how they are', async () => {
    await world.traffic({ 'aws-1 pay ledger': 4, 'aws-1 pay other': 9 });
    await world.link('aws-1', 'gcp-1', 'down', NOW - 20 * MINUTE);
    const links = await read();
    expect(say(links)).toEqual([
      'fx-api: aws-1 → gcp-1 down [catalog,traffic] affected',
      'fx-api: az-1 → gcp-1 normal [catalog]',
    ]);
    expect(links).toMatchObject({
      clusters: ['aws-1', 'az-1', 'gcp-1'],
      trafficMissing: null,
      calls: [{ since: new Date(NOW - 20 * MINUTE).toISOString() }, {}],
    });
    // What only its squad is known to call, and what others call, isn't its own.
    expect(say(await read('fx/fx-api'))).toEqual([]);
  });

  it('says of each call what the page of calls says', async () => {
    await world.traffic({ 'aws-1 pay ledger': 4, 'aws-1 prod cron': 1 });
    await world.link('aws-1', 'gcp-1', 'high');
    const { calls } = await readLinkCalls(
      {
        knex,
        repository: 'default',
        services: { kind: 'all' },
        now: new Date(NOW),
        readLinkedPairs,
      },
      {},
    );
    for (const ref of ['pay/ledger', 'cron', 'fx/fx-api']) {
      const { namespace, name } = parseServiceRef(ref)!;
      const own = calls.filter(
        ({ caller }) => caller?.name === name && caller.namespace === namespace,
      );
      expect((await read(ref)).calls).toEqual(own);
    }
    expect(say(await read('cron'))).toEqual([
      'fx-api: aws-1 → gcp-1 high [catalog,traffic] affected',
    ]);
  });

  it('looks from the clusters of the environment alone', async () => {
    await world.traffic({ 'aws-1 pay ledger': 4 });
    expect(await read('pay/ledger', { environment: 'dev' })).toEqual({
      clusters: [],
      calls: [],
      unread: [],
      trafficMissing: null,
    });
  });

  it('tells what isn’t known', async () => {
    expect(await read()).toMatchObject({
      trafficMissing: expect.stringContaining('groundControl.linkTraffic'),
    });
    await world.traffic({ 'aws-1 pay ledger': 4 });
    const [stale] = (await read('pay/ledger', { at: NOW + 5 * MINUTE })).calls;
    expect(stale).toMatchObject({ state: 'stale', affected: false });
    const later = await read('pay/ledger', { at: NOW + 5 * MINUTE });
    expect(later.trafficMissing).toMatch(/Prometheus eu/);
    await knex('latency_pairs').delete();
    const unread = await read();
    expect(unread.unread).toEqual(['aws-1', 'az-1', 'gcp-1']);
    expect(unread.calls[0].state).toBe('not-linked');
    await knex('link_watch').insert({
      cluster: 'aws-1',
      links_known: true,
      services_known: true,
      ingresses_known: true,
      observed_at: NOW,
    });
    expect((await read()).unread).toEqual(['az-1', 'gcp-1']);
  });

  it('counts by the first source of a cluster, though another names the service', async () => {
    await world.traffic({ 'aws-1 pay other': 4 });
    const [source] = await knex('link_traffic_sources').select();
    await knex('link_traffic_sources').insert({
      ...source,
      source: 'second',
      ordinal: 1,
    });
    const [row] = await knex('link_traffic').select();
    const second = { ...row, source: 'second', workload: 'ledger' };
    await knex('link_traffic').insert([
      second,
      { ...second, from_cluster: 'az-1' },
    ]);
    expect(say(await read())).toEqual([
      'fx-api: az-1 → gcp-1 normal [catalog,traffic]',
      'fx-api: aws-1 → gcp-1 normal [catalog]',
    ]);
  });

  it('reads nothing unless it is wanted', async () => {
    const queries: string[] = [];
    knex.on('query', ({ sql }) => queries.push(sql));
    await read('pay/ledger', { wanted: false });
    expect(queries).toEqual([]);
    await read();
    expect(queries.length).toBeGreaterThan(0);
  });
});
