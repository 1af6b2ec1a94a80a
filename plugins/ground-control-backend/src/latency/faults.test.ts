import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { until } from '../__testUtils__/until';
import { LatencyWorld } from './__testUtils__/LatencyWorld';
import { MetricsServer } from './__testUtils__/MetricsServer';
import { openLatencyWorld } from './__testUtils__/openLatencyWorld';
import { probeProfile } from './sources/scrape/profiles/probe';
import { profileQuestions } from './sources/prometheus/profileQuestions';
import { PrometheusSource } from './sources/prometheus/PrometheusSource';
import { MINUTE_MS } from './times';

const HOUR_S = 3_600;
const databases = createTestDatabases();

// What may go wrong with what measures links, seen from the matrix: a link is
// never well, never blank and never 0 by it, and the others go on.
describe.each(databases.eachSupportedId())('faults on %s', id => {
  const ends: Array<() => Promise<void>> = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function openDatabase() {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    return knex;
  }

  async function open(timeoutMs?: Record<string, number>) {
    const knex = await openDatabase();
    const targets = { aws: ['gcp', 'azure'], az: ['gcp'] };
    const opened = await openLatencyWorld(knex, targets, { timeoutMs });
    ends.push(opened.stop);
    const { world, probes } = opened;
    const [aws, az] = probes;
    const isHeard = async (cluster: string) => {
      const row = await knex('latency_clusters').where({ cluster }).first();
      return Number(row.heard_at) === world.now;
    };
    /** Probes go on, and so much time; also of aws, unless it can't be read. */
    const run = async (steps: number, isRead = true, seconds = 15) => {
      for (let i = 0; i < steps; i += 1) {
        for (const target of aws.targets.keys()) {
          aws.count(target, { 25: seconds / 5 });
        }
        az.count('gcp', { 35: seconds / 5 });
        await world.step(seconds);
        await until(() => isHeard('az'));
        if (isRead) await until(() => isHeard('aws'));
      }
    };
    const findProblems = async () =>
      (await knex('problems').orderBy('code')).map(
        ({ code, message }) => `${code}: ${message}`,
      );
    const sourceOf = async (cluster: string) => {
      const { clusters } = await world.matrix();
      return clusters.find(({ name }) => name === cluster)!.source;
    };
    return { knex, world, aws, az, run, findProblems, sourceOf };
  }

  const isOfGcp = /(le="0.03",source="aws",target="gcp".*\}) \d+/;

  it.each(['NaN', '+Inf', '-3'])(
    'a link that is counted as %s is no link that is well, and doesn’t go',
    async value => {
      const { world, aws, run, findProblems } = await open();
      await run(8);
      aws.spoil = text => text.replace(isOfGcp, `$1 ${value}`);
      await run(5);
      expect(await world.state('aws', 'gcp')).toBe('high no-answer');
      expect(await world.state('aws', 'azure')).toBe('normal no-baseline');
      expect(await findProblems()).toEqual([
        expect.stringMatching(
          /^latency-counts-unusable: What is measured from aws to gcp is counted as/,
        ),
      ]);
      aws.spoil = text => text;
      await run(2);
      expect(await world.state('aws', 'gcp')).toBe('normal no-baseline');
      await until(async () => (await findProblems()).length === 0);
      // What was answered meanwhile is counted, and nothing else.
      expect((await world.cell('aws', 'gcp')).samples).toBe(45);
    },
  );

  it('a link that never could be counted was never sampled', async () => {
    const { world, aws, run } = await open();
    aws.spoil = text => text.replace(isOfGcp, '$1 NaN');
    aws.restart({});
    await run(4);
    expect(await world.cell('aws', 'gcp')).toMatchObject({
      state: 'never-sampled',
      valueMs: null,
      loss: null,
    });
  });

  it('other buckets than before lose and double nothing', async () => {
    const { world, aws, run } = await open();
    await run(26, true, 300);
    aws.restart({
      startedAt: world.now / 1_000 + 1,
      bounds: [0.02, 0.03, 0.06, 0.5],
    });
    await run(14, true, 300);
    await world.step(61);
    await until(
      async () => (await world.pair('aws', 'gcp', '24h')).points.length === 40,
    );
    const { points, cells } = await world.pair('aws', 'gcp', '24h');
    expect(points.map(({ samples }) => samples)).toEqual(Array(40).fill(60));
    // Between 20 and 30 ms in the buckets of both.
    for (const { p50 } of points) expect(p50).toBeCloseTo(25, 5);
    expect(cells['24h']).toMatchObject({ samples: 2_400, approximate: true });
    expect(cells['24h'].valueMs).toBeCloseTo(25, 5);
  });

  it('a text that ends too soon, at the end of a line, counts for nothing', async () => {
    const { world, aws, run, sourceOf } = await open();
    const startedAt = world.now / 1_000 + 1;
    aws.restart({ startedAt });
    await run(1);
    aws.count('gcp', {}, 5);
    await run(30);
    expect(await world.state('aws', 'gcp')).toBe('normal no-baseline');
    const before = await world.cell('aws', 'gcp');
    aws.spoil = text =>
      text.slice(
        0,
        text.indexOf(
          'backbone_gateway_probes_total{source="aws",target="azure"',
        ),
      );
    await run(1, false);
    await until(async () => (await sourceOf('aws')).state === 'failing');
    expect(await sourceOf('aws')).toMatchObject({
      reason: expect.stringMatching(/^Its metrics are cut off/),
    });
    aws.spoil = text => text;
    await run(1);
    expect(await world.state('aws', 'gcp')).toBe('normal no-baseline');
    const after = await world.cell('aws', 'gcp');
    expect(after.loss).toBe(0);
    expect(after.samples).toBeLessThanOrEqual(before.samples + 3);
  });

  it('a source that hangs holds up no other', async () => {
    const { world, aws, run, sourceOf } = await open({ aws: 2_000 });
    await run(8);
    const lastAt = new Date(world.now).toISOString();
    aws.server.does(() => {});
    await run(7, false);
    await until(async () => (await sourceOf('aws')).state === 'unreachable');
    expect(await sourceOf('aws')).toEqual({
      state: 'unreachable',
      sampledAt: lastAt,
      reason: 'It did not answer within 2 s',
    });
    expect(await world.cell('aws', 'gcp')).toMatchObject({
      state: 'stale',
      code: 'source-unreachable',
      since: lastAt,
    });
    expect(await world.state('az', 'gcp')).toBe('normal no-baseline');
  });

  it.each([HOUR_S, -HOUR_S])(
    'a clock that is %d s ahead changes nothing, and is said',
    async ahead => {
      const { world, aws, run, findProblems } = await open();
      aws.clock = () => world.now + ahead * 1_000;
      for (let i = 0; i < 10; i += 1) {
        aws.targets.get('gcp')!.lastSuccess = world.now / 1_000 + ahead + 14;
        await run(1);
      }
      const cell = await world.cell('aws', 'gcp');
      expect(cell).toMatchObject({
        state: 'normal',
        valueMs: 25,
        sampledAt: new Date(world.now).toISOString(),
      });
      const lastSuccess = Date.parse(cell.lastSuccessAt!);
      expect(Math.abs(world.now - lastSuccess)).toBeLessThan(3_000);
      expect(await findProblems()).toEqual([
        expect.stringMatching(
          ahead > 0
            ? /clock-off: .* ahead of ours/
            : /clock-off: .* behind ours/,
        ),
      ]);
    },
  );

  it.each([
    ['began apart', -HOUR_S],
    ['began together', 0],
  ])(
    'of two probes behind one address that %s one is counted, and that is said',
    async (_, later) => {
      const { world, aws, run, findProblems } = await open();
      const startedAt = world.now / 1_000 - 9 * HOUR_S;
      aws.restart({ startedAt });
      aws.count('gcp', { 25: 5_000 }, 7);
      await run(1);
      // The other has counted as many answers, but other ones.
      let turn = 0;
      aws.spoil = text => {
        turn += 1;
        if (turn % 2 === 0) return text;
        return text
          .replace(/(gcp".*result="timeout"\}) \d+/, '$1 3')
          .replace(/^(process_start_time_seconds) \S+$/m, (all, name) =>
            later === 0 ? all : `${name} ${startedAt - later}`,
          );
      };
      await run(20);
      expect(await world.cell('aws', 'gcp')).toMatchObject({
        state: 'normal',
        loss: 0,
        valueMs: 25,
      });
      expect((await world.cell('aws', 'gcp')).samples).toBeLessThan(70);
      expect(await findProblems()).toEqual([
        expect.stringMatching(
          /^latency-probes-in-turn: Several probes answer in turn at the address of probe aws;/,
        ),
      ]);
    },
  );

  it.each<[string, number, string, RegExp]>([
    ['422', 422, '{"status":"error"}', /\(422\)/],
    ['503', 503, 'busy', /\(503\)/],
    ['HTML', 200, '<html></html>', /not JSON/],
  ])(
    'links of a Prometheus that answers %s grow stale, and say why',
    async (_, status, body, why) => {
      const knex = await openDatabase();
      const server = await MetricsServer.start();
      ends.push(() => server.stop());
      let isWell = true;
      server.does((request, response) => {
        response.sendDate = false;
        if (!isWell) {
          response.writeHead(status).end(body);
          return;
        }
        const { searchParams } = new URL(request.url!, server.url);
        response.end(answerRange(searchParams));
      });
      const world = new LatencyWorld(knex, () => [
        new PrometheusSource({
          name: 'eu',
          url: server.url,
          questions: profileQuestions(probeProfile, { readMs: 15_000 }),
          intervalMs: 1_000,
          timeoutMs: 30_000,
          access: {},
        }),
      ]);
      ends.push(() => world.stop());
      world.start();
      const well = () => world.state('aws', 'gcp').catch(() => '');
      await until(async () => (await well()) === 'normal no-baseline');
      isWell = false;
      world.now += 3 * MINUTE_MS;
      await until(async () => {
        const { clusters } = await world.matrix();
        return clusters.some(({ source }) => source.state === 'failing');
      });
      const { clusters } = await world.matrix();
      expect(clusters.find(({ name }) => name === 'aws')!.source).toMatchObject(
        { state: 'failing', reason: expect.stringMatching(why) },
      );
      expect(await world.state('aws', 'gcp')).toBe('stale source-failing');
    },
  );
});

/** A link that is probed every 5 s since 1970, and always well. */
function answerRange(search: URLSearchParams): string {
  const [start, end, step] = ['start', 'end', 'step'].map(name =>
    Number(search.get(name)),
  );
  const series = (name: string, labels: object) => {
    const values = [];
    for (let at = start; at <= end; at += step) {
      values.push([at, String(Math.floor((at - 1_700_000_000) / 5))]);
    }
    return {
      metric: { __name__: name, source: 'aws', target: 'gcp', ...labels },
      values,
    };
  };
  const bucket = 'backbone_gateway_probe_duration_seconds_bucket';
  return JSON.stringify({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: [
        series(bucket, { le: '0.05' }),
        series(bucket, { le: '+Inf' }),
        series('backbone_gateway_probes_total', { result: 'success' }),
      ],
    },
  });
}
