import { until } from '../../__testUtils__/until';
import { MetricsServer } from '../../latency/__testUtils__/MetricsServer';
import {
  findPrometheus,
  RealPrometheus,
} from '../../latency/__testUtils__/RealPrometheus';
import { PrometheusTraffic } from './PrometheusTraffic';

const NOW = Date.UTC(2026, 2, 2, 12);

const LABELS = {
  namespace: 'pay',
  deployment: 'ledger',
  dst_target_cluster: 'gcp',
  dst_target_service: 'fx-api',
  dst_target_service_namespace: 'fx',
};

type Series = [labels: Record<string, string>, value: string];

let server: MetricsServer;
let asked: string[];
beforeAll(async () => {
  server = await MetricsServer.start();
});
afterAll(() => server.stop());

const isOf: Record<string, (query: string) => boolean> = {
  requests: query => query.includes('request_total'),
  failures: query => query.includes('classification="failure"'),
  answers: query => query.includes('response_total'),
  p95: query => query.startsWith('histogram_quantile(0.95'),
};

/** Answers what each question asks for; nothing to others. */
function answer(series: Partial<Record<string, Series[]>>, dateMs?: number) {
  asked = [];
  server.does((request, response) => {
    const url = new URL(request.url!, 'http://x');
    const query = url.searchParams.get('query')!;
    asked.push(`${url.pathname} ${url.searchParams.get('start')}`);
    const [part] = Object.entries(isOf).find(([, is]) => is(query))!;
    if (dateMs === undefined) response.sendDate = false;
    else response.setHeader('date', new Date(dateMs).toUTCString());
    const result = (series[part] ?? []).map(([metric, value]) => ({
      metric,
      values: [[NOW / 1_000, value]],
    }));
    response.end(
      JSON.stringify({
        status: 'success',
        data: { resultType: 'matrix', result },
      }),
    );
  });
}

function create(
  from: ConstructorParameters<typeof PrometheusTraffic>[0]['from'] = {
    cluster: 'aws',
  },
) {
  return new PrometheusTraffic({
    name: 'eu',
    url: server.url,
    from,
    selector: 'job="linkerd-proxy"',
    intervalMs: 30_000,
    timeoutMs: 30_000,
    access: {},
  });
}

const read = (source = create()) =>
  source.read({ now: NOW, signal: new AbortController().signal });

const CALL = {
  from: 'aws',
  namespace: 'pay',
  workload: 'ledger',
  to: 'gcp',
  serviceNamespace: 'fx',
  service: 'fx-api',
};

describe('calls that a Prometheus has collected', () => {
  it('are read with their errors and how long they take', async () => {
    answer({
      requests: [[LABELS, '4']],
      answers: [[LABELS, '2']],
      failures: [[LABELS, '0.5']],
      p95: [[LABELS, '85']],
    });
    expect(await read()).toEqual([
      { ...CALL, requestsPerSecond: 4, errors: 0.25, p95Ms: 85 },
    ]);
    expect(asked).toHaveLength(4);
    expect(asked[0]).toBe(`/api/v1/query_range ${NOW / 1_000}`);
    const queries = server.asked
      .slice(-4)
      .map(({ path }) => new URL(path, 'http://x').searchParams.get('query'));
    expect(queries[0]).toBe(
      'sum by (namespace, deployment, statefulset, daemonset, dst_target_cluster, dst_target_service, dst_target_service_namespace) (rate(request_total{direction="outbound",dst_target_cluster!="",job="linkerd-proxy"}[5m]))',
    );
    expect(queries[3]).toContain('dst_target_service_namespace, le)');
  });

  it('are told apart by the label that names who calls', async () => {
    const { deployment, ...others } = LABELS;
    answer({
      requests: [
        [{ ...LABELS, cluster: 'aws' }, '1'],
        [{ ...others, statefulset: 'queue', cluster: 'azure' }, '2'],
        [LABELS, '3'],
      ],
    });
    const calls = await read(create({ label: 'cluster' }));
    expect(calls.map(({ from, workload }) => `${from} ${workload}`)).toEqual([
      'azure queue',
      'aws ledger',
    ]);
    expect(calls[0]).toMatchObject({ errors: null, p95Ms: null });
    expect(server.asked.at(-1)!.path).toContain('cluster%2C+namespace');
  });

  it('leave out what is no number, no name or no call', async () => {
    const more = (labels: object): Record<string, string> => ({
      ...LABELS,
      ...labels,
    });
    answer({
      requests: [
        [LABELS, '1'],
        [more({ deployment: 'idle' }), '0'],
        [more({ deployment: 'odd' }), 'NaN'],
        [more({ deployment: 'less' }), '-1'],
        [more({ deployment: 'more' }), '+Inf'],
        [more({ deployment: 'a\u0007b' }), '1'],
        [more({ deployment: 'x'.repeat(300) }), '1'],
        [more({ deployment: '' }), '1'],
      ],
      answers: [[LABELS, 'NaN']],
      p95: [[LABELS, 'NaN']],
    });
    expect(await read()).toEqual([
      { ...CALL, requestsPerSecond: 1, errors: null, p95Ms: null },
    ]);
  });

  it('are asked for by its own clock', async () => {
    answer({ requests: [[LABELS, '1']] }, NOW + 3_600_000);
    const source = create();
    expect(await read(source)).toHaveLength(1);
    const late = Number(asked.at(-1)!.split(' ')[1]) - NOW / 1_000;
    expect(Math.abs(late - 3_600)).toBeLessThan(2);
    expect(asked).toHaveLength(5);
  });

  it.each([
    [422, /can't evaluate a query/],
    [503, /gave a query up/],
    [401, /asks who we are/],
  ])('are not known where it answers %s', async (status, why) => {
    server.does((_, response) => response.writeHead(status).end());
    await expect(read()).rejects.toThrow(why);
  });

  it('are not known where something else answers', async () => {
    server.does((_, response) => response.end('<html>'));
    await expect(read()).rejects.toThrow(/not JSON/);
  });
});

// Debian's, or any other: PROMETHEUS names it.
findPrometheus().forEach(program => {
  it(`are read from a real Prometheus, ${program}`, async () => {
    const begun = Date.now();
    const called =
      'direction="outbound",namespace="pay",deployment="ledger",dst_target_cluster="gcp",dst_target_service="fx-api",dst_target_service_namespace="fx"';
    server.does((_, response) => {
      // Four a second, one of them in error, in 30 to 40 ms.
      const count = Math.round((Date.now() - begun) / 250);
      const bucket = (le: string, times: number) =>
        `response_latency_ms_bucket{${called},le="${le}"} ${times}`;
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(
        [
          `request_total{${called}} ${count}`,
          `response_total{${called},classification="success"} ${count * 0.75}`,
          `response_total{${called},classification="failure"} ${count * 0.25}`,
          bucket('30', 0),
          bucket('40', count),
          bucket('+Inf', count),
          '',
        ].join('\n'),
      );
    });
    const real = await RealPrometheus.start(program, { scrapes: [server.url] });
    try {
      const source = new PrometheusTraffic({
        name: 'eu',
        url: real.url,
        from: { cluster: 'aws' },
        selector: 'job="probe"',
        intervalMs: 30_000,
        timeoutMs: 10_000,
        access: {},
      });
      let calls: Awaited<ReturnType<typeof read>> = [];
      await until(
        async () => {
          calls = await source.read({
            now: Date.now(),
            signal: new AbortController().signal,
          });
          return calls[0]?.requestsPerSecond && calls[0].p95Ms !== null;
        },
        { intervalMs: 500, seen: () => calls },
      );
      expect(calls).toEqual([
        {
          ...CALL,
          requestsPerSecond: expect.any(Number),
          errors: expect.closeTo(0.25, 2),
          p95Ms: expect.closeTo(39.5, 1),
        },
      ]);
    } finally {
      await real.stop();
    }
  }, 120_000);
});
