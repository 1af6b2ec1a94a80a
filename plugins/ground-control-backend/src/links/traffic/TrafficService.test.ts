import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { MetricsServer } from '../../latency/__testUtils__/MetricsServer';
import { ChangeHub } from '../../lib/ChangeHub';
import { readTrafficMissing } from './readTrafficMissing';
import { ScrapeTraffic } from './ScrapeTraffic';
import { readTraffic } from './trafficRows';
import { TrafficService } from './TrafficService';

const databases = createTestDatabases();
const START = Date.UTC(2026, 2, 2, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const labels = (workload: string) =>
  `{direction="outbound",namespace="pay",deployment="${workload}",dst_target_cluster="gcp",dst_target_service="fx-api",dst_target_service_namespace="fx"`;

/** What a cluster's proxies have counted so far: calls, and failures of them. */
function format(counts: Record<string, [number, number]>): string {
  return Object.entries(counts)
    .flatMap(([workload, [all, failed]]) => [
      `request_total${labels(workload)}} ${all}`,
      `response_total${labels(workload)},classification="success"} ${
        all - failed
      }`,
      `response_total${labels(workload)},classification="failure"} ${failed}`,
    ])
    .concat('request_total{direction="inbound",dst_target_cluster="x"} 9', '')
    .join('\n');
}

/** Lets a test wait until what was asked at a time is answered as of then. */
class WatchedScrape extends ScrapeTraffic {
  reading?: Promise<unknown>;

  async read(options: Parameters<ScrapeTraffic['read']>[0]) {
    const reading = super.read(options);
    this.reading = reading.catch(() => {});
    return reading;
  }
}

describe.each(databases.eachSupportedId())('TrafficService on %s', id => {
  let knex: Knex;
  let server: MetricsServer;
  let service: TrafficService;
  let sources: WatchedScrape[];
  let now: number;
  const hub = new ChangeHub({ onError: () => {}, gatherMs: 1 });

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    server = await MetricsServer.start();
    now = START;
  });
  afterEach(async () => {
    await service.stop();
    await server.stop();
  });
  afterAll(() => hub.close());

  function start(clusters = ['aws'], mostCalls?: number) {
    sources = clusters.map(
      cluster =>
        new WatchedScrape({
          cluster,
          url: `${server.url}/${cluster}`,
          intervalMs: 20,
          timeoutMs: 2_000,
          access: {},
        }),
    );
    service = new TrafficService({
      knex,
      logger: createRecordingLogger(),
      hub,
      sources,
      mostCalls,
      now: () => now,
    });
    service.start();
  }

  const stateOf = async (source = 'scrape/aws') =>
    knex('link_traffic_sources').where({ source }).first();

  /** Time goes on, and what answers is asked again. */
  async function go(milliseconds: number, says: string | number) {
    await Promise.all(sources.map(source => source.reading));
    now += milliseconds;
    server.does((_, response) => {
      response.sendDate = false;
      if (typeof says === 'number') response.writeHead(says).end();
      else response.end(says);
    });
    await until(async () => {
      const row = await stateOf();
      return typeof says === 'number'
        ? row?.state === 'failing'
        : Number(row?.read_at) === now;
    });
  }

  const missing = () => readTrafficMissing(knex, now);

  it('counts what is between readings, and forgets who calls no more', async () => {
    server.says({ '/aws': format({ ledger: [100, 0] }) });
    start();
    await until(async () => (await stateOf())?.state === 'fresh');
    expect(await readTraffic(knex, now)).toEqual([]);
    await go(10 * SECOND, format({ ledger: [140, 10], cron: [20, 0] }));
    expect(await readTraffic(knex, now)).toEqual([
      expect.objectContaining({ workload: 'cron', requestsPerSecond: 2 }),
      {
        from: 'aws',
        to: 'gcp',
        namespace: 'pay',
        workload: 'ledger',
        serviceNamespace: 'fx',
        service: 'fx-api',
        requestsPerSecond: 4,
        errors: 0.25,
        p95Ms: null,
        observedAt: new Date(now).toISOString(),
      },
    ]);
    // Its process began anew: what it counts now came since.
    await go(10 * SECOND, format({ ledger: [20, 0], cron: [20, 0] }));
    const [, ledger] = await readTraffic(knex, now);
    expect(ledger).toMatchObject({ requestsPerSecond: 3 });
    await go(6 * MINUTE, format({ ledger: [20, 0], cron: [20, 0] }));
    await go(10 * SECOND, format({ ledger: [30, 0], cron: [20, 0] }));
    const calls = await readTraffic(knex, now);
    expect(calls.map(call => call.workload)).toEqual(['ledger']);
    expect(await missing()).toBeNull();
  });

  it('keeps what was counted last for a quarter of an hour, and says why', async () => {
    server.says({ '/aws': format({ ledger: [1, 0] }) });
    start();
    await until(async () => (await stateOf())?.state === 'fresh');
    await go(10 * SECOND, format({ ledger: [11, 0] }));
    await go(14 * MINUTE, 500);
    expect(await readTraffic(knex, now)).toHaveLength(1);
    expect(await missing()).toBe(
      'traffic of aws: It failed to answer (500) (last 2 Mar 2026, 12:00 UTC)',
    );
    now += 2 * MINUTE;
    expect(await readTraffic(knex, now)).toEqual([]);
    await until(async () => (await knex('link_traffic')).length === 0);
  });

  it('keeps the most frequent of too many, and says so', async () => {
    server.says({ '/aws': format({ a: [0, 0], b: [0, 0], c: [0, 0] }) });
    start(['aws'], 2);
    await until(async () => (await stateOf())?.state === 'fresh');
    await go(10 * SECOND, format({ a: [1, 0], b: [9, 0], c: [5, 0] }));
    const calls = await readTraffic(knex, now);
    expect(calls.map(({ workload }) => workload)).toEqual(['b', 'c']);
    expect(await missing()).toMatch(/the 1 least frequent were left out/);
  });

  it('forgets sources that are no longer configured, and is blanked by none', async () => {
    server.says({ '/aws': format({ ledger: [1, 0] }) });
    start(['aws', 'gone']);
    await until(
      async () =>
        (await stateOf())?.state === 'fresh' &&
        (await stateOf('scrape/gone'))?.state === 'failing',
    );
    expect(await missing()).toMatch(/^traffic of gone: .*404/);
    await service.stop();
    start(['aws']);
    await until(async () => (await stateOf('scrape/gone')) === undefined);
    await service.stop();
    start([]);
    await until(async () => (await stateOf()) === undefined);
    expect(await missing()).toMatch(/set groundControl.linkTraffic/);
  });
});
