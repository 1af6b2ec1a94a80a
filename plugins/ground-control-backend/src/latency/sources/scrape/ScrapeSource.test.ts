import { gzipSync } from 'node:zlib';
import {
  LatencyFault,
  LatencyReading,
} from '@ground-control/backstage-plugin-ground-control-node';
import { formatProbe } from '../../__testUtils__/formatProbe';
import { MetricsServer } from '../../__testUtils__/MetricsServer';
import { blackboxProfile } from './profiles/blackbox';
import { linkerdProfile } from './profiles/linkerd';
import { probeProfile } from './profiles/probe';
import { ScrapeSettings, ScrapeSource } from './ScrapeSource';
import { FindPeriod } from './types';

let server: MetricsServer;
beforeAll(async () => {
  server = await MetricsServer.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.asked.length = 0;
});

function create(settings: Partial<ScrapeSettings> = {}): ScrapeSource {
  return new ScrapeSource({
    cluster: 'aws-1',
    url: `${server.url}/metrics`,
    profile: probeProfile,
    intervalMs: 5_000,
    timeoutMs: 30_000,
    access: {},
    ...settings,
  });
}

function read(
  source: ScrapeSource,
  options: {
    signal?: AbortSignal;
    now?: number;
    findPeriod?: FindPeriod;
  } = {},
): Promise<LatencyReading> {
  const {
    signal = new AbortController().signal,
    now = Date.now(),
    findPeriod,
  } = options;
  return source.read({ now, signal, findPeriod });
}

async function findFault(source = create()): Promise<string> {
  try {
    await read(source);
  } catch (error) {
    expect((error as Error).name).toBe('LatencyFault');
    const { kind, message } = error as LatencyFault;
    return `${kind}: ${message}`;
  }
  return 'no fault';
}

const two = formatProbe(
  'aws-1',
  [
    {
      target: 'gcp-1',
      answered: { 25: 90, 35: 9, 700: 1 },
      lost: { timeout: 2, refused: 3 },
    },
    { target: 'azure-1' },
  ],
  { startedAt: 1_700_000_000 },
);

describe('a scrape of backbone-gateway-probe', () => {
  it('gives what it counted', async () => {
    server.says({ '/metrics': two, '/failures': '{"failures":[]}' });
    const now = Date.now();
    const reading = await read(create(), { now });
    expect(reading).toMatchObject({
      until: now,
      heard: [{ cluster: 'aws-1', at: now }],
      problems: [],
    });
    expect(reading.series).toEqual([
      expect.objectContaining({
        from: 'aws-1',
        to: 'gcp-1',
        fromProvider: 'aws',
        toProvider: 'gcp',
        probe: 'backbone-gateway-probe, every 5 s',
        intervalMs: 5_000,
        bounds: [0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.5],
        counting: 'running',
        lossAtLeast: false,
        points: [
          {
            at: now,
            startedAt: 1_700_000_000_000,
            counts: [0, 0, 0, 90, 9, 0, 0, 0, 1],
            ok: 100,
            failed: 5,
          },
        ],
      }),
      expect.objectContaining({
        to: 'azure-1',
        points: [expect.objectContaining({ ok: 0, failed: 0 })],
      }),
    ]);
  });

  it('tells why probes were lost, and asks again only for news', async () => {
    const failure = {
      source: 'aws-1',
      target: 'gcp-1',
      at: new Date(Date.now() - 5_000).toISOString(),
      result: 'timeout',
      reason: 'No answer within 3 s\u0007\n',
      phase: 'answer',
      elapsedMs: 3_000.4,
    };
    server.says({
      '/metrics': two,
      '/failures': JSON.stringify({
        failures: [failure, { ...failure, source: 'other' }],
      }),
    });
    const source = create();
    const { failures } = await read(source);
    expect(failures).toEqual([
      {
        from: 'aws-1',
        to: 'gcp-1',
        at: Date.parse(failure.at),
        result: 'timeout',
        reason: 'No answer within 3 s',
        phase: 'answer',
        elapsedMs: 3_000,
      },
    ]);
    await read(source);
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/metrics',
      '/failures',
      '/metrics',
    ]);
  });

  it.each(['<html>', '{"failures":{}}', undefined])(
    'counts all the same when the reasons are %s',
    async failures => {
      server.says({
        '/metrics': two,
        ...(failures && { '/failures': failures }),
      });
      const reading = await read(create());
      expect(reading.series).toHaveLength(2);
      expect(reading.failures).toBeUndefined();
    },
  );

  it.each([
    ['NaN', 'is counted as NaN'],
    ['+Inf', 'is counted as Infinity'],
    ['-3', 'is counted as -3'],
  ])('leaves out one link whose bucket is %s', async (value, why) => {
    const text = two.replace(
      /(le="0.03",source="aws-1",target="gcp-1".*\}) \d+/,
      `$1 ${value}`,
    );
    server.says({ '/metrics': text });
    const { series, problems } = await read(create());
    // It is a link all the same.
    expect(series.map(({ to, points }) => [to, points.length])).toEqual([
      ['azure-1', 1],
      ['gcp-1', 0],
    ]);
    expect(problems).toEqual([
      {
        code: 'latency-counts-unusable',
        message: `What is measured from aws-1 to gcp-1 ${why}; it was left out`,
      },
    ]);
  });

  it('takes the buckets that there are', async () => {
    const text = two
      .split('\n')
      .filter(line => !/le="0.0(1|2)"/.test(line))
      .join('\n');
    server.says({ '/metrics': text });
    const { series } = await read(create());
    expect(series[0].bounds).toEqual([0.005, 0.03, 0.04, 0.05, 0.1, 0.5]);
    expect(series[0].points[0].counts).toEqual([0, 90, 9, 0, 0, 0, 1]);
  });

  it.each([
    [
      /(le="0.04",source="aws-1",target="gcp-1".*\}) \d+/,
      '$1 7',
      'has a bucket that holds less',
    ],
    [
      /.*(le="\+Inf"|seconds_count).*gcp-1.*\n|.*seconds_count.*gcp-1.*\n/g,
      '',
      'has no last bucket',
    ],
  ])('leaves out what can’t be: %s', async (pattern, by, why) => {
    const text = two
      .replace(pattern, by)
      .replace(/.*_count\{.*target="gcp-1".*\n/, by === '' ? '' : '$&');
    server.says({ '/metrics': text });
    const { series, problems } = await read(create());
    // It is a link all the same.
    expect(series.map(({ to, points }) => [to, points.length])).toEqual([
      ['azure-1', 1],
      ['gcp-1', 0],
    ]);
    expect(problems![0].message).toContain(why);
  });

  it('is refused when it says that it is of another cluster', async () => {
    server.says({ '/metrics': two.replaceAll('"aws-1"', '"aws-2"') });
    expect(await findFault()).toMatch(
      /^failing: It says that it measures from aws-2 and not from aws-1;/,
    );
  });

  it('gives nothing of other clusters, and says so', async () => {
    const other = formatProbe('aws-2', [
      { target: 'gcp-1', answered: { 5: 3 } },
    ]);
    server.says({ '/metrics': `${two}${other}` });
    const { series, problems } = await read(create());
    expect(series.map(({ from }) => from)).toEqual(['aws-1', 'aws-1']);
    expect(problems![0].code).toBe('latency-source-mistaken');
  });

  it('counts a link once that two probes measure, and says so', async () => {
    const twin = two.replaceAll(
      'target_provider="gcp"',
      'target_provider="google"',
    );
    server.says({ '/metrics': `${two}${twin}` });
    const { series, problems } = await read(create());
    expect(series.map(({ points }) => points[0].ok)).toEqual([100, 0]);
    expect(problems!.map(({ code }) => code)).toContain(
      'latency-link-measured-twice',
    );
  });

  it('is set right where its clock is an hour off', async () => {
    const now = Date.now();
    const ahead = now + 3_600_000;
    server.does((_, response) => {
      response.setHeader('date', new Date(ahead).toUTCString());
      response.end(
        formatProbe('aws-1', [
          {
            target: 'gcp-1',
            answered: { 5: 3 },
            lastSuccess: (ahead - 10_000) / 1_000,
          },
        ]),
      );
    });
    const { series, problems } = await read(create(), { now });
    const { at, lastSuccessAt } = series[0].points[0];
    expect(at).toBe(now);
    expect(Math.abs(lastSuccessAt! - (now - 10_000))).toBeLessThan(1_000);
    expect(problems).toEqual([
      {
        code: 'latency-clock-off',
        message: expect.stringMatching(/is (3599|3600|3601) s ahead of ours/),
      },
    ]);
  });

  it('may be packed', async () => {
    server.does((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(two));
    });
    expect((await read(create())).series).toHaveLength(2);
  });
});

describe('a scrape that can’t be used', () => {
  it.each<[number, string]>([
    [
      301,
      'failing: It sends us elsewhere (301); configure the address that it names',
    ],
    [
      401,
      'forbidden: It asks who we are, and no authorization is configured for it (401)',
    ],
    [403, 'forbidden: It does not let us read (403)'],
    [404, 'failing: There is nothing at its address (404); check the path'],
    [500, 'failing: It failed to answer (500)'],
    [503, 'failing: It failed to answer (503)'],
  ])('says so of %d', async (status, expected) => {
    server.does((_, response) => response.writeHead(status).end('secret'));
    expect(await findFault()).toBe(expected);
  });

  it('says so of a refused connection', async () => {
    const gone = await MetricsServer.start();
    const url = `${gone.url}/metrics`;
    await gone.stop();
    expect(await findFault(create({ url }))).toBe(
      'unreachable: It refuses connections (ECONNREFUSED)',
    );
  });

  it('says so of a web page', async () => {
    server.says({ '/metrics': '<!DOCTYPE html>\n<html></html>\n' });
    expect(await findFault()).toMatch(
      /^failing: Line 1 of what it sent is not a line of metrics/,
    );
  });

  it('says so of a text that is cut off in the middle', async () => {
    server.says({ '/metrics': two.slice(0, two.length / 2) });
    expect(await findFault()).toMatch(/^failing: Its metrics are cut off/);
  });

  it('says so of an answer that breaks off', async () => {
    server.does((_, response) => {
      response.setHeader('content-length', two.length);
      response.write(two.slice(0, 800));
      setTimeout(() => response.destroy(), 20);
    });
    expect(await findFault()).toMatch(/^unreachable: /);
  });

  it('gives up on one that takes the connection and says nothing', async () => {
    server.does(() => {});
    expect(await findFault(create({ timeoutMs: 100 }))).toBe(
      'unreachable: It did not answer within 0.1 s',
    );
  });

  it('gives up on one that hangs in the middle', async () => {
    server.does((_, response) => response.write(two.slice(0, 800)));
    expect(await findFault(create({ timeoutMs: 3_000 }))).toBe(
      'unreachable: It began to answer and did not come to the end within 3 s',
    );
  });

  it('reads no more of 50 MB than it may, and holds none of it', async () => {
    const piece = `${'x{a="b"} 1\n'.repeat(100_000)}`;
    let sent = 0;
    server.does((_, response) => {
      const more = () => {
        while (sent < 50e6 && !response.destroyed) {
          sent += piece.length;
          if (!response.write(piece)) {
            response.once('drain', more);
            return;
          }
        }
        response.end();
      };
      more();
    });
    expect(await findFault(create({ timeoutMs: 30_000 }))).toBe(
      'failing: Its answer is larger than 16 MiB and was not read to its end',
    );
    expect(sent).toBeLessThan(40e6);
  });

  it('unpacks no more than it may', async () => {
    const bomb = gzipSync(`${'# '.padEnd(1_000)}\n`.repeat(40_000));
    server.does((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(bomb);
    });
    expect(await findFault(create({ timeoutMs: 30_000 }))).toMatch(
      /larger than 16 MiB/,
    );
    server.does((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end('not packed');
    });
    expect(await findFault()).toMatch(/^failing: .*can't be unpacked/);
  });

  it('ends when it is told to', async () => {
    server.does(() => {});
    const controller = new AbortController();
    const reading = read(create(), { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });
});

describe('authorization', () => {
  it.each([
    [{ token: 'abc' }, 'Bearer abc'],
    [
      { username: 'ana', password: 'x' },
      `Basic ${Buffer.from('ana:x').toString('base64')}`,
    ],
    [{}, undefined],
  ])('%j is shown as %s', async (access, expected) => {
    server.says({ '/metrics': two });
    await read(create({ access }));
    expect(server.asked[0].authorization).toBe(expected);
  });

  it('in a file that isn’t there is said without its path', async () => {
    const source = create({ access: { tokenFile: '/nowhere/token' } });
    expect(await findFault(source)).toBe(
      "failing: The file of its tokenFile can't be read (ENOENT); check that it is there and that this backend may read it",
    );
  });
});

describe('a scrape of Linkerd’s service mirror', () => {
  it('gives what it counted, in seconds', async () => {
    const label = 'target_cluster_name="gcp-1"';
    server.says({
      '/metrics': [
        `gateway_enabled{${label}} 1`,
        `gateway_alive{${label}} 1`,
        `gateway_latency{${label}} 31`,
        `gateway_probe_latency_ms_bucket{${label},le="10"} 0`,
        `gateway_probe_latency_ms_bucket{${label},le="50"} 8`,
        `gateway_probe_latency_ms_bucket{${label},le="+Inf"} 9`,
        `gateway_probe_latency_ms_count{${label}} 9`,
        `gateway_probes{${label},probe_successful="true"} 9`,
        `gateway_probes{${label},probe_successful="false"} 2`,
        `gateway_alive{target_cluster_name="azure-1"} 0`,
        '',
      ].join('\n'),
    });
    const { series } = await read(create({ profile: linkerdProfile }));
    expect(series).toEqual([
      expect.objectContaining({
        from: 'aws-1',
        to: 'gcp-1',
        bounds: [0.01, 0.05],
        lossAtLeast: true,
        intervalMs: 3_000,
        points: [
          expect.objectContaining({
            counts: [0, 8, 1],
            ok: 9,
            failed: 2,
            alive: true,
          }),
        ],
      }),
      expect.objectContaining({
        to: 'azure-1',
        points: [expect.objectContaining({ ok: 0, failed: 0, alive: false })],
      }),
    ]);
  });

  it('is as often as the Link says, where that is known', async () => {
    server.says({
      '/metrics': [
        'gateway_alive{target_cluster_name="gcp-1"} 1',
        'gateway_alive{target_cluster_name="azure-1"} 1',
        '',
      ].join('\n'),
    });
    const findPeriod: FindPeriod = (from, to) =>
      from === 'aws-1' && to === 'gcp-1' ? 60_000 : undefined;
    const source = create({ profile: linkerdProfile });
    const { series } = await read(source, { findPeriod });
    expect(
      series.map(({ to, intervalMs, probe }) => [to, intervalMs, probe]),
    ).toEqual([
      ['gcp-1', 60_000, 'Linkerd gateway, every 60 s'],
      ['azure-1', 3_000, 'Linkerd gateway, every 3 s'],
    ]);
  });
});

describe('a scrape of blackbox_exporter', () => {
  const create1 = () =>
    create({
      profile: blackboxProfile,
      target: 'gcp-1',
      url: `${server.url}/probe?target=x`,
    });

  it('is one probe each', async () => {
    server.says({
      '/probe': 'probe_success 1\nprobe_duration_seconds 0.027\n',
    });
    const [{ points, counting, bounds }] = (await read(create1())).series;
    expect(counting).toBe('each');
    expect(points[0]).toMatchObject({ ok: 1, failed: 0, lastOk: true });
    expect(bounds[points[0].counts.indexOf(1)]).toBe(0.03);
    server.says({ '/probe': 'probe_success 0\nprobe_duration_seconds 3\n' });
    const [lost] = (await read(create1())).series;
    expect(lost.points[0]).toMatchObject({ ok: 0, failed: 1, lastOk: false });
    expect(lost.points[0].counts.every(count => count === 0)).toBe(true);
    expect(server.asked[0].path).toBe('/probe?target=x');
  });

  it.each<[string, string, string, number | undefined]>([
    ['takes off what DNS took', '0.127', '0.1', 0.03],
    ['takes off nothing that isn’t said', '0.127', '', 0.135],
    ['is never below nothing', '0.027', '7', 0.001],
    ['takes off nothing that is', '0.027', 'NaN', 0.03],
    ['takes off nothing that is', '0.027', '+Inf', 0.03],
    ['takes off nothing that is', '0.027', '-5', 0.03],
    ['has no time for', 'NaN', '0.1', undefined],
    ['has no time for', '+Inf', '+Inf', undefined],
    ['has no time for', '-0.5', '0.1', undefined],
  ])('%s: %s s, DNS %s s', async (_, whole, dns, expected) => {
    const lines = [
      ...(dns ? [`probe_dns_lookup_time_seconds ${dns}`] : []),
      `probe_duration_seconds ${whole}`,
      'probe_success 1',
      '',
    ];
    server.says({ '/probe': lines.join('\n') });
    const [{ points, bounds }] = (await read(create1())).series;
    expect(points[0]).toMatchObject({ ok: 1, failed: 0 });
    expect(bounds[points[0].counts.indexOf(1)]).toBe(expected);
  });
});
