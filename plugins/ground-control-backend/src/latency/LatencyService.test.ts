import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../__testUtils__/databases';
import { countTurns } from '../__testUtils__/countTurns';
import { migrate } from '../__testUtils__/migrate';
import { until } from '../__testUtils__/until';
import { LatencyWorld, NOON } from './__testUtils__/LatencyWorld';
import { MetricsServer } from './__testUtils__/MetricsServer';
import { openLatencyWorld } from './__testUtils__/openLatencyWorld';
import { linkerdProfile } from './sources/scrape/profiles/linkerd';
import { ScrapeSource } from './sources/scrape/ScrapeSource';
import { HOUR_MS, MINUTE_MS } from './times';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('LatencyService on %s', id => {
  const ends: Array<() => Promise<void>> = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function openWorld(
    clusters: Record<string, string[]>,
    options: { baselineMs?: number } = {},
  ) {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const { world, probes, stop } = await openLatencyWorld(
      knex,
      clusters,
      options,
    );
    ends.push(stop);
    return { knex, world, probes };
  }

  it('follows a link from its first probe to its end', async () => {
    const { world, probes } = await openWorld({ aws: ['gcp', 'azure'] });
    const [aws] = probes;
    const heal = async (steps: number) => {
      for (let i = 0; i < steps; i += 1) {
        aws.count('gcp', { 25: 3 });
        aws.count('azure', { 25: 3 });
        await world.step();
      }
    };
    expect(await world.state('aws', 'gcp')).toBe('never-sampled not-sampled');
    await heal(8);
    const well = await world.cell('aws', 'gcp');
    expect(well).toMatchObject({
      state: 'normal',
      code: 'no-baseline',
      valueMs: 25,
      approximate: true,
      enough: true,
      needed: 10,
      loss: 0,
      samples: 24,
      source: 'probe aws',
      probe: 'backbone-gateway-probe, every 5 s',
    });

    // One lost probe is a matter of chance.
    aws.count('gcp', { 25: 2 }, 1);
    await world.step();
    expect(await world.state('aws', 'gcp')).toBe('normal no-baseline');
    expect((await world.cell('aws', 'gcp')).loss).toBeCloseTo(1 / 27);

    // Broken: a dead link has no good last value.
    aws.count('gcp', {}, 3);
    aws.count('azure', { 25: 3 });
    await world.step();
    const brokenAt = new Date(world.now).toISOString();
    expect(await world.cell('aws', 'gcp')).toMatchObject({
      state: 'down',
      code: 'all-lost',
      since: brokenAt,
      valueMs: null,
    });
    expect(await world.state('aws', 'azure')).toBe('normal no-baseline');

    // Healed, and lossy for as long as that is so of the last minutes.
    await heal(2);
    expect(await world.state('aws', 'gcp')).toBe('high loss');
    await heal(24);
    expect(await world.state('aws', 'gcp')).toBe('normal no-baseline');

    // The Link is deleted: half a text doesn't do that.
    aws.targets.delete('gcp');
    await world.step();
    expect(await world.state('aws', 'gcp')).toBe('normal no-baseline');
    await world.step();
    const { cells } = await world.matrix();
    expect(cells.map(cell => cell.to)).toEqual(['azure']);
    const { cells: past, points } = await world.pair('aws', 'gcp', '1h');
    expect(past['5m']).toMatchObject({
      state: 'not-linked',
      code: 'not-linked',
    });
    expect(points.length).toBeGreaterThan(0);
  });

  it('shows every link of a source that is away as stale, with its age', async () => {
    const { world, probes } = await openWorld({
      aws: ['gcp', 'azure'],
      gcp: ['aws'],
    });
    const [aws, gcp] = probes;
    for (let i = 0; i < 5; i += 1) {
      aws.count('gcp', { 25: 3 });
      gcp.count('aws', { 35: 3 });
      await world.step();
    }
    const lastAt = new Date(world.now).toISOString();
    aws.status = 403;
    for (let i = 0; i < 6; i += 1) {
      gcp.count('aws', { 35: 3 });
      await world.step();
    }
    await until(async () => {
      const { clusters } = await world.matrix();
      return clusters.find(one => one.name === 'aws')!.source.state !== 'fresh';
    });
    const refused = await world.matrix();
    expect(refused.clusters.find(one => one.name === 'aws')!.source).toEqual({
      state: 'forbidden',
      sampledAt: lastAt,
      reason: 'It does not let us read (403)',
    });
    // Not yet older than 90 s.
    expect(refused.cells.map(cell => cell.state)).not.toContain('stale');
    gcp.count('aws', { 35: 3 });
    await world.step();
    const { cells } = await world.matrix();
    expect(
      cells.map(({ from, to, state, code, since, valueMs }) => [
        `${from}-${to} ${state} ${code}`,
        since,
        valueMs,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['aws-gcp stale source-forbidden', lastAt, 25],
        ['aws-azure stale source-forbidden', lastAt, null],
        ['gcp-aws normal no-baseline', expect.any(String), 35],
      ]),
    );
  });

  it('is slow against its own baseline within five minutes', async () => {
    const { world, probes } = await openWorld(
      { aws: ['gcp'] },
      { baselineMs: 10 * MINUTE_MS },
    );
    const [aws] = probes;
    const states: string[] = [];
    const run = async (ms: number, minutes: number) => {
      for (let i = 0; i < minutes * 2; i += 1) {
        aws.count('gcp', { [ms]: 6 });
        await world.step(30);
        states.push(await world.state('aws', 'gcp'));
      }
    };
    await run(25, 15);
    await until(
      async () => (await world.cell('aws', 'gcp')).baselineMs !== null,
    );
    await run(25, 2);
    expect(await world.cell('aws', 'gcp')).toMatchObject({
      state: 'normal',
      code: 'as-usual',
      baselineMs: 25,
    });
    states.length = 0;
    await run(80, 4);
    const slowAfter = states.indexOf('high slower');
    expect(slowAfter).toBeGreaterThan(1);
    expect(slowAfter * 30).toBeLessThan(5 * 60);
    await run(25, 3);
    expect(states.at(-1)).toBe('normal as-usual');
  });

  it('waits for Linkerd’s probes as long as the Link says', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const link = { namespace: 'linkerd-multicluster', gateway: '[]' };
    await knex('cluster_links').insert([
      {
        ...link,
        cluster: 'aws',
        target: 'gcp',
        probe_period: '1m',
        observed_at: NOON,
      },
      {
        ...link,
        cluster: 'aws',
        target: 'azure',
        probe_period: 'often',
        observed_at: NOON,
      },
    ]);
    const server = await MetricsServer.start();
    ends.push(() => server.stop());
    const world = new LatencyWorld(knex, () => [
      new ScrapeSource({
        cluster: 'aws',
        url: `${server.url}/metrics`,
        profile: linkerdProfile,
        intervalMs: 1_000,
        timeoutMs: 30_000,
        access: {},
      }),
    ]);
    ends.push(() => world.stop());
    let probed = 0;
    const say = () => {
      const lines = ['gcp', 'azure'].flatMap(target => {
        const label = `target_cluster_name="${target}"`;
        return [
          `gateway_alive{${label}} 1`,
          `gateway_probe_latency_ms_bucket{${label},le="30"} ${probed}`,
          `gateway_probe_latency_ms_bucket{${label},le="+Inf"} ${probed}`,
          `gateway_probes{${label},probe_successful="true"} ${probed}`,
        ];
      });
      server.says({ '/metrics': `${lines.join('\n')}\n` });
    };
    say();
    world.start();
    await world.step(0);
    const states: Record<string, string[]> = { gcp: [], azure: [] };
    for (let i = 1; i <= 20; i += 1) {
      // The last answer is that of the twelfth reading.
      probed = Math.min(3, Math.floor(i / 4));
      say();
      await world.step();
      for (const [target, said] of Object.entries(states)) {
        said.push(await world.state('aws', target));
      }
    }
    expect([...new Set(states.gcp.slice(3))]).toEqual(['normal no-baseline']);
    expect(states.azure).toContain('high no-answer');
    expect((await world.cell('aws', 'gcp')).probe).toBe(
      'Linkerd gateway, every 60 s',
    );
    expect((await world.cell('aws', 'azure')).probe).toBe(
      'Linkerd gateway, every 3 s',
    );
    // It isn't waited for without end.
    for (let i = 0; i < 6; i += 1) await world.step();
    expect(await world.state('aws', 'gcp')).toBe('high no-answer');
  });

  it('goes on after a restart, and counts nothing twice', async () => {
    const { knex, world, probes } = await openWorld({ aws: ['gcp'] });
    const [aws] = probes;
    const run = async (steps: number, lost = 0) => {
      for (let i = 0; i < steps; i += 1) {
        aws.count('gcp', lost ? {} : { 25: 3 }, lost);
        await world.step();
      }
    };
    await run(9);
    await run(1, 3);
    expect(await world.state('aws', 'gcp')).toBe('down all-lost');
    await world.stop();
    const before = await knex('latency_resume').first();
    expect(before).toBeDefined();
    world.start();
    await world.step();
    expect(await world.state('aws', 'gcp')).toBe('down all-lost');
    await run(1, 3);
    // What was lost while nobody looked can't be placed, and isn't.
    expect(await world.cell('aws', 'gcp')).toMatchObject({
      state: 'down',
      samples: 33,
    });
  });

  it('counts a link once that two sources measure, and says so', async () => {
    const { knex, world, probes } = await openWorld({
      aws: ['gcp'],
      'aws#2': ['gcp'],
    });
    const [first, second] = probes;
    for (let i = 0; i < 5; i += 1) {
      first.count('gcp', { 25: 3 });
      second.count('gcp', { 45: 100 });
      await world.step();
    }
    await until(async () => (await knex('problems').select()).length > 0);
    expect(await world.cell('aws', 'gcp')).toMatchObject({
      valueMs: 25,
      samples: 15,
      source: 'probe aws',
    });
    expect(await knex('problems').select('code', 'message')).toEqual([
      {
        code: 'latency-source-claimed-twice',
        message:
          'Links from aws are measured by probe aws and by probe aws#2; what probe aws says counts. Leave one of them out of groundControl.latency.sources.',
      },
    ]);
  });

  it('packs hours into days, and days into hours, and forgets', async () => {
    const { knex, world, probes } = await openWorld({ aws: ['gcp'] });
    const [aws] = probes;
    const fill = async (steps: number, seconds: number) => {
      for (let i = 0; i < steps; i += 1) {
        aws.count('gcp', { 25: 60 });
        await world.step(seconds);
      }
    };
    await fill(26, 300);
    await until(async () => {
      const { cells } = await world.matrix('24h');
      return cells[0].samples === 26 * 60;
    });
    const days = await knex('latency_days').select();
    expect(days.map(row => [row.step, Number(row.day)])).toEqual([
      ['5m', NOON - 12 * HOUR_MS],
    ]);
    expect(days[0].slots.length).toBeLessThan(300);
    // What only one process knows is kept once a minute.
    await world.step(61);
    await until(
      async () => (await world.pair('aws', 'gcp', '24h')).points.length === 26,
    );
    const day = await world.pair('aws', 'gcp', '24h');
    expect(day.points[0]).toMatchObject({
      at: new Date(NOON).toISOString(),
      p50: 25,
      p95: null,
      samples: 60,
      failures: 0,
    });
    // At a probe every 5 s, of two times five minutes.
    expect(day.points.slice(1).map(point => point.p95)).toEqual(
      Array(25).fill(29.5),
    );
    const week = await world.pair('aws', 'gcp', '7d');
    expect(week.points.map(point => point.samples)).toEqual([720, 720, 120]);
    expect(week.points[0].p99).toBeCloseTo(29.9, 1);

    world.now += 9 * 24 * HOUR_MS;
    await fill(1, 300);
    await until(async () =>
      (await knex('latency_days').select()).every(row => row.step === '1h'),
    );
    expect(await knex('latency_days').select('step')).toEqual([{ step: '1h' }]);
    world.now += 90 * 24 * HOUR_MS;
    await fill(1, 300);
    await until(async () =>
      (
        await knex('latency_days').select()
      ).every(row => Number(row.day) > NOON + 24 * HOUR_MS),
    );
  });

  it('forgets what is no longer configured, and what nobody measures', async () => {
    const { knex, world, probes } = await openWorld({
      aws: ['gcp'],
      x: ['gcp'],
    });
    probes[0].count('gcp', { 25: 3 });
    await world.step();
    await world.stop();
    const alone = new LatencyWorld(knex, () => [
      Object.assign(probes[0].source(), { id: 'aws' }),
    ]);
    ends.push(() => alone.stop());
    alone.now = world.now;
    alone.start();
    await alone.step();
    expect(
      (await knex('latency_sources').select()).map(row => row.source),
    ).toEqual(['aws']);
    const { cells } = await alone.matrix();
    expect(cells.map(({ from }) => from)).toEqual(['aws']);
    alone.now += 9 * 24 * HOUR_MS;
    await alone.step();
    await until(
      async () => (await knex('latency_pairs').select()).length === 1,
    );
  });

  it('writes few links in each turn, and of sources the one that was read', async () => {
    const targets = Array.from({ length: 60 }, (_, i) => `gcp-${i}`);
    const { knex, world } = await openWorld({ aws: targets, oci: ['gcp-0'] });
    await world.step();
    const areHeard = async () => {
      const late = knex('latency_clusters').where('heard_at', '<', world.now);
      return !(await late.first('cluster'));
    };
    await until(areHeard);
    const turns = countTurns();
    ends.push(async () => turns.stop());
    const writes: Array<{ table: string; turn: number; values: number }> = [];
    knex.on('query', ({ sql, bindings }) => {
      const table = /^insert into (latency_\w+)/.exec(sql)?.[1];
      if (!table) return;
      writes.push({ table, turn: turns.now(), values: bindings.length });
    });
    // Into the next minute, where the next reader's rows are written too.
    await world.step(60);
    const listWrites = (table: string) =>
      writes.filter(write => write.table === table);
    await until(
      async () =>
        listWrites('latency_resume').length >= 7 && (await areHeard()),
    );
    for (const [table, columns, most] of [
      ['latency_pairs', 18, 25],
      ['latency_resume', 8, 10],
    ] as const) {
      const found = listWrites(table);
      const rows = found.map(({ values }) => values / columns);
      expect(rows.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(60);
      expect(Math.max(...rows)).toBeLessThanOrEqual(most);
      expect(new Set(found.map(({ turn }) => turn)).size).toBe(found.length);
    }
    // One for each source, after what is kept in a new minute.
    const valuesOf = (table: string) =>
      listWrites(table)
        .slice(-2)
        .map(({ values }) => values);
    expect(valuesOf('latency_sources')).toEqual([8, 8]);
    expect(valuesOf('latency_clusters')).toEqual([4, 4]);
  });

  it('tells open pages of a new state at once, and of numbers less often', async () => {
    const { world, probes } = await openWorld({ aws: ['gcp'] });
    const [aws] = probes;
    await until(async () => world.told === 1);
    aws.count('gcp', { 25: 3 });
    await world.step(5);
    await until(async () => world.told === 2);
    for (let i = 0; i < 3; i += 1) {
      aws.count('gcp', { 25: 1 });
      await world.step(2);
    }
    aws.count('gcp', {}, 3);
    await world.step(2);
    await until(async () => world.told === 3);
    aws.count('gcp', {}, 3);
    await world.step(15);
    await until(async () => world.told === 4);
    expect(world.told).toBe(4);
  });
});
