import fc from 'fast-check';
import { LatencyReading } from '@ground-control/backstage-plugin-ground-control-node';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { migrate } from '../../../__testUtils__/migrate';
import { until } from '../../../__testUtils__/until';
import { formatProbe } from '../../__testUtils__/formatProbe';
import { LatencyWorld } from '../../__testUtils__/LatencyWorld';
import { MetricsServer } from '../../__testUtils__/MetricsServer';
import {
  findPrometheus,
  RealPrometheus,
} from '../../__testUtils__/RealPrometheus';
import { DAY_MS, FIVE_MS, HOUR_MS } from '../../times';
import { linkerdProfile } from '../scrape/profiles/linkerd';
import { probeProfile } from '../scrape/profiles/probe';
import { ownQuestions } from './ownQuestions';
import { LONGEST_PART_MS, planPart } from './planPart';
import { profileQuestions } from './profileQuestions';
import { PrometheusSettings, PrometheusSource } from './PrometheusSource';

const NOW = Date.UTC(2026, 2, 2, 12, 0, 7);
const NOON = NOW - 7_000;

let server: MetricsServer;
beforeAll(async () => {
  server = await MetricsServer.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.asked.length = 0;
});

function create(settings: Partial<PrometheusSettings> = {}) {
  return new PrometheusSource({
    name: 'eu',
    url: server.url,
    questions: profileQuestions(probeProfile, { readMs: 15_000 }),
    intervalMs: 15_000,
    timeoutMs: 30_000,
    access: {},
    ...settings,
  });
}

const read = (
  source = create(),
  since = NOON - 60_000,
): Promise<LatencyReading> =>
  source.read({ since, now: NOW, signal: new AbortController().signal });

interface Series {
  metric: Record<string, string>;
  values: Array<[number, string]>;
}

function answer(result: Series[] | unknown, date?: Date) {
  server.does((_, response) => {
    if (date) response.setHeader('date', date.toUTCString());
    else response.sendDate = false;
    response.end(
      JSON.stringify({
        status: 'success',
        data: { resultType: 'matrix', result },
      }),
    );
  });
}

/** Series of a probe, from noon on, every 15 s. */
function series(
  counts: Record<string, number[]>,
  more: Record<string, string> = {},
  at = NOON - 60_000,
): Series[] {
  return Object.entries(counts).map(([name, values]) => {
    const [metric, label] = name.split(' ');
    const [key, value] = (label ?? '=').split('=');
    return {
      metric: {
        __name__: metric,
        source: 'aws',
        target: 'gcp',
        ...(key && { [key]: value }),
        ...more,
      },
      values: values.map((one, i) => [at / 1_000 + i * 15, String(one)]),
    };
  });
}

const BUCKET = 'backbone_gateway_probe_duration_seconds_bucket';
const PROBES = 'backbone_gateway_probes_total';
const usual = {
  [`${BUCKET} le=0.05`]: [10, 12, 15],
  [`${BUCKET} le=+Inf`]: [10, 13, 16],
  [`${PROBES} result=success`]: [10, 13, 16],
  [`${PROBES} result=timeout`]: [0, 0, 1],
};

describe('what Prometheus has collected', () => {
  it('is read as counters by moment', async () => {
    answer(series(usual, { instance: 'a' }));
    const reading = await read();
    expect(reading).toEqual({
      until: NOON,
      more: false,
      heard: [{ cluster: 'aws', at: NOON - 30_000 }],
      problems: [],
      series: [
        expect.objectContaining({
          from: 'aws',
          to: 'gcp',
          counting: 'running',
          bounds: [0.05],
          points: [
            { at: NOON - 60_000, counts: [10, 0], ok: 10, failed: 0 },
            { at: NOON - 45_000, counts: [12, 1], ok: 13, failed: 0 },
            { at: NOON - 30_000, counts: [15, 1], ok: 16, failed: 1 },
          ],
        }),
      ],
    });
    const [{ path }] = server.asked;
    const { pathname, searchParams } = new URL(path, server.url);
    expect(pathname).toBe('/api/v1/query_range');
    expect(Object.fromEntries(searchParams)).toEqual({
      query: expect.stringMatching(
        /^\{__name__=~"backbone_gateway_probe_.*"\}$/,
      ),
      start: String((NOON - 60_000) / 1_000),
      end: String(NOON / 1_000),
      step: '15',
      timeout: '30s',
    });
  });

  it('counts a link once that two probes measure, and says so', async () => {
    answer([
      ...series(usual, { instance: 'a' }),
      ...series(usual, { instance: 'b' }),
    ]);
    const { series: found, problems } = await read();
    expect(found).toHaveLength(1);
    expect(found[0].points[2].ok).toBe(16);
    expect(problems!.map(({ code }) => code)).toEqual([
      'latency-link-measured-twice',
    ]);
  });

  it('begins anew with another process', async () => {
    answer([
      ...series(usual, { instance: 'a' }),
      ...series(usual, { instance: 'b' }, NOON - 15_000),
    ]);
    const { series: found } = await read();
    expect(
      found.map(({ counter, points }) => [
        counter,
        points.map(({ at }) => (at - NOON) / 1_000),
      ]),
    ).toEqual([
      ['//a/', [-60, -45, -30]],
      ['//b/', [-15, 0, 15]],
    ]);
  });

  it('has gaps where there was nothing', async () => {
    const all = series(usual);
    for (const { values } of all) values.splice(1, 1);
    answer(all);
    const { series: found } = await read();
    expect(found[0].points.map(({ at }) => (at - NOON) / 1_000)).toEqual([
      -60, -30,
    ]);
    answer([]);
    expect(await read()).toMatchObject({ heard: [], series: [] });
  });

  it('may be of Linkerd, whose clusters a label names', async () => {
    const gateway = (name: string, value: string, more = {}) => ({
      metric: {
        __name__: name,
        cluster: 'west',
        target_cluster_name: 'east',
        ...more,
      },
      values: [[NOON / 1_000, value]] as Array<[number, string]>,
    });
    answer([
      gateway('gateway_alive', '1'),
      gateway('gateway_probe_latency_ms_bucket', '7', { le: '50' }),
      gateway('gateway_probe_latency_ms_bucket', '7', { le: '+Inf' }),
      gateway('gateway_probes', '7', { probe_successful: 'true' }),
    ]);
    const questions = profileQuestions(linkerdProfile, {
      sourceLabel: 'cluster',
      selector: 'job="mirror"',
      readMs: 15_000,
    });
    const { series: found, heard } = await read(create({ questions }));
    expect(heard).toEqual([{ cluster: 'west', at: NOON }]);
    expect(found[0]).toMatchObject({
      from: 'west',
      to: 'east',
      bounds: [0.05],
    });
    expect(server.asked[0].path).toContain(encodeURIComponent('job="mirror"'));
    // How often it is probed only the Link says.
    const known = await create({ questions }).read({
      since: NOON - 60_000,
      now: NOW,
      signal: new AbortController().signal,
      findPeriod: (from, to) =>
        from === 'west' && to === 'east' ? 60_000 : undefined,
    });
    expect([found[0].intervalMs, known.series[0].intervalMs]).toEqual([
      3_000, 60_000,
    ]);
    expect(known.series[0].probe).toBe('Linkerd gateway, every 60 s');
  });

  it('may be asked for by queries of one’s own', async () => {
    server.does((request, response) => {
      const { searchParams } = new URL(request.url!, server.url);
      const isBucket = searchParams.get('query') === 'my_buckets';
      const metric = { a: 'aws', b: 'gcp' };
      const at = NOON / 1_000;
      response.sendDate = false;
      response.end(
        JSON.stringify({
          status: 'success',
          data: {
            resultType: 'matrix',
            result: isBucket
              ? [
                  { metric: { ...metric, le: '20' }, values: [[at, '3']] },
                  {
                    metric: { ...metric, le: '+Inf' },
                    values: [[at, '4.0000001']],
                  },
                ]
              : [{ metric, values: [[at, '2']] }],
          },
        }),
      );
    });
    const questions = ownQuestions(
      { buckets: 'my_buckets', failed: 'my_failures' },
      {
        labels: { from: 'a', to: 'b' },
        unit: 'ms',
        lossAtLeast: true,
        probe: 'ours',
      },
    );
    const { series: found } = await read(create({ questions }));
    expect(found).toEqual([
      expect.objectContaining({
        from: 'aws',
        to: 'gcp',
        probe: 'ours',
        lossAtLeast: true,
        bounds: [0.02],
        points: [{ at: NOON, counts: [3, 1], ok: 4, failed: 2 }],
      }),
    ]);
  });

  it('is set right where its clock is an hour off', async () => {
    const hour = 3_600_000;
    answer(series(usual, {}, NOON - 60_000 + hour), new Date(NOW + hour));
    const { series: found, problems } = await read();
    expect(server.asked).toHaveLength(2);
    const start = new URL(server.asked[1].path, server.url).searchParams.get(
      'start',
    );
    expect(
      Math.abs(Number(start) * 1_000 - (NOON - 60_000 + hour)),
    ).toBeLessThan(2_000);
    expect(Math.abs(found[0].points[0].at - (NOON - 60_000))).toBeLessThan(
      2_000,
    );
    expect(problems!.map(({ code }) => code)).toEqual(['latency-clock-off']);
  });
});

describe('a Prometheus that can’t be used', () => {
  it.each<[string, number, string, string]>([
    [
      '422',
      422,
      '{"status":"error"}',
      "failing It can't evaluate a query (422)",
    ],
    [
      '503',
      503,
      'busy',
      'failing It gave a query up, or is only starting (503)',
    ],
    ['400', 400, '', 'failing It does not understand a query (400)'],
    ['401', 401, '', 'forbidden It asks who we are'],
    ['HTML', 200, '<html>', 'failing It sent something that is not JSON'],
    ['an error', 200, '{"status":"error"}', 'failing It sent something else'],
    [
      'a vector',
      200,
      '{"status":"success","data":{"resultType":"vector","result":[]}}',
      'failing It sent something else',
    ],
    [
      'native histograms',
      200,
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"histograms":[]}]}}',
      'failing It sent a series without plain values',
    ],
    [
      'broken values',
      200,
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[["x"]]}]}}',
      'failing It sent a series without plain values',
    ],
  ])('says so of %s', async (_, status, body, expected) => {
    server.does((__, response) => response.writeHead(status).end(body));
    const error = await read().catch(fault => fault);
    expect(`${error.kind} ${error.message}`).toContain(expected);
    expect(error.message).not.toContain('busy');
  });

  it('is asked for less when it was too much', async () => {
    const source = create();
    const asked = () => {
      const { searchParams } = new URL(server.asked.at(-1)!.path, server.url);
      return (
        Number(searchParams.get('end')) - Number(searchParams.get('start'))
      );
    };
    server.does((_, response) => response.writeHead(422).end());
    const since = NOON - 7 * DAY_MS;
    await expect(read(source, since)).rejects.toThrow('(422)');
    const first = asked();
    await expect(read(source, since)).rejects.toThrow('(422)');
    expect(asked()).toBe(first / 2);
    answer([]);
    expect(await read(source, since)).toMatchObject({ more: true });
  });
});

describe('planPart', () => {
  const of = (since: number, now = NOW, partMs = LONGEST_PART_MS) =>
    planPart({ since, now, intervalMs: 15_000, partMs });

  it('asks for the last hour finely, and for nothing that isn’t new', () => {
    expect(of(NOON - 60_000)).toEqual({
      start: NOON - 60_000,
      end: NOON,
      step: 15_000,
      more: false,
    });
    expect(of(NOON)).toBeUndefined();
    expect(of(NOW + HOUR_MS)).toBeUndefined();
  });

  it('reads up on a week in parts, without a gap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 * DAY_MS }),
        fc.integer({ min: 15 * 60_000, max: LONGEST_PART_MS }),
        (ago, partMs) => {
          let since = NOW - ago;
          let rounds = 0;
          for (;;) {
            const part = of(since, NOW, partMs);
            if (!part) break;
            expect(part.start).toBeLessThanOrEqual(since);
            expect(part.end).toBeGreaterThan(since);
            expect((part.end - part.start) / part.step).toBeLessThanOrEqual(
              300,
            );
            since = part.end;
            rounds += 1;
            if (!part.more) break;
          }
          expect(NOW - since).toBeLessThan(FIVE_MS);
          expect(rounds).toBeLessThanOrEqual((8 * DAY_MS) / (14 * 60_000));
        },
      ),
    );
  });
});

// Debian's, or any other: PROMETHEUS names it.
findPrometheus().forEach(program => {
  describe(`a real Prometheus, ${program}`, () => {
    jest.setTimeout(300_000);
    const databases = createTestDatabases();
    const ends: Array<() => Promise<unknown>> = [];
    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end();
    });

    const MINUTE_MS = 60_000;
    /** Probed every 5 s for ever: 20 ms, and one in a hundred takes 45 ms. */
    const countUntil = (at: number) => {
      const count = Math.floor((at - Date.UTC(2026, 0, 1)) / 5_000);
      const slow = Math.floor(count / 100);
      return formatProbe('aws', [
        {
          target: 'gcp',
          answered: { 20: count - slow, 45: slow },
          lost: { timeout: Math.floor(count / 1_000) },
          lastOk: true,
          lastSuccess: Math.floor(at / 1_000),
        },
      ]);
    };
    /** Of the last so many days, up to a minute ago, one each minute. */
    const formatPast = (days: number) => {
      const now = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
      const moments = [];
      for (let at = now - days * DAY_MS; at < now; at += MINUTE_MS) {
        // As this Prometheus itself would have scraped it.
        const scraped = `{instance="${new URL(server.url).host}",job="probe",`;
        moments.push(
          countUntil(at)
            .replace(/\{/g, scraped)
            .replace(/$(?=\n)/gm, ` ${at / 1_000}`),
        );
      }
      return `${moments.join('')}# EOF\n`;
    };
    const start = async (
      options: Partial<Parameters<typeof RealPrometheus.start>[1]> = {},
    ) => {
      server.does((_, response) => {
        response.setHeader('content-type', 'text/plain; version=0.0.4');
        response.end(countUntil(Date.now()));
      });
      const real = await RealPrometheus.start(program, {
        scrapes: [server.url],
        ...options,
      });
      ends.push(() => real.stop());
      const { url } = real;
      return { url, source: create({ url, timeoutMs: 10_000 }) };
    };
    const readNow = (source: PrometheusSource, since: number) =>
      source.read({
        since,
        now: Date.now(),
        signal: new AbortController().signal,
      });

    it('gives what it scrapes of a probe', async () => {
      const { source } = await start();
      const since = Date.now();
      const points = await until(
        async () => {
          const { series: found, problems } = await readNow(source, since);
          expect(problems ?? []).toEqual([]);
          return found[0]?.points.length >= 3 && found[0].points;
        },
        { intervalMs: 1_000 },
      );
      const spans = points.slice(1).map((point, i) => ({
        ms: point.at - points[i].at,
        answers: point.ok - points[i].ok,
      }));
      for (const { ms, answers } of spans) {
        expect(ms).toBe(15_000);
        // A scrape is up to a second old.
        expect(Math.abs(answers - 3)).toBeLessThanOrEqual(1);
      }
      expect(points[0].counts.reduce((sum, n) => sum + n)).toBe(points[0].ok);
    });

    it('has a baseline of a link from the first minute', async () => {
      const { source } = await start({ past: formatPast(8) });
      const knex = await databases.init('SQLITE_3');
      await migrate(knex);
      const world = new LatencyWorld(knex, () => [source]);
      ends.push(() => world.stop());
      world.now = Date.now();
      world.start();
      const readCell = () => world.cell('aws', 'gcp').catch(() => undefined);
      const cell = await until(
        async () => {
          world.now = Date.now();
          const found = await readCell();
          return found && found.baselineMs !== null && found;
        },
        { ms: 120_000, intervalMs: 200, seen: readCell },
      );
      expect(cell.state).toBe('normal');
      // Between the bounds of the bucket that 20 ms lies in.
      expect(cell.baselineMs).toBeGreaterThan(10);
      expect(cell.baselineMs).toBeLessThanOrEqual(20);
      const { cells } = await world.pair('aws', 'gcp', '7d');
      // 17,280 answers a day, of which one in a thousand is lost beside.
      expect(cells['7d'].samples).toBeGreaterThan(7 * 17_000);
      expect(cells['7d'].loss).toBeCloseTo(0.001, 4);
    });

    it('is asked for less where it may load only so much', async () => {
      const { source, url } = await start({
        past: formatPast(1),
        flags: ['--query.max-samples=1200'],
      });
      const since = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - DAY_MS;
      await expect(readNow(source, since)).rejects.toThrow(/\(422\)/);
      let reading: LatencyReading | undefined;
      for (let i = 0; i < 8 && !reading; i += 1) {
        reading = await readNow(source, since).catch(() => undefined);
      }
      expect(reading).toMatchObject({ more: true });
      expect(reading!.series[0].points.length).toBeGreaterThan(2);
      const mistaken = create({
        url,
        questions: ownQuestions(
          { buckets: 'sum(', ok: 'x', failed: 'y' },
          {
            labels: { from: 'source', to: 'target' },
            unit: 's',
            lossAtLeast: false,
            probe: 'ours',
          },
        ),
      });
      await expect(readNow(mistaken, since)).rejects.toThrow(/\(400\)/);
    });
  });
});
