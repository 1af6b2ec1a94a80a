import { TestDatabaseId } from '@backstage/backend-test-utils';
import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { IngestMetrics } from './IngestMetrics';
import { readIngestFacts } from './store/readIngestFacts';

/** The newest value of each instrument; of a histogram its sum. */
async function collect(
  reader: PeriodicExportingMetricReader,
  exporter: InMemoryMetricExporter,
): Promise<Record<string, number>> {
  exporter.reset();
  await reader.forceFlush();
  const values: Record<string, number> = {};
  for (const resource of exporter.getMetrics()) {
    for (const scope of resource.scopeMetrics) {
      for (const metric of scope.metrics) {
        for (const point of metric.dataPoints) {
          const outcome = point.attributes.outcome;
          const name = metric.descriptor.name + (outcome ? `:${outcome}` : '');
          values[name] =
            metric.dataPointType === DataPointType.HISTOGRAM
              ? (point.value as { sum: number }).sum
              : (point.value as number);
        }
      }
    }
  }
  return values;
}

const databases = createTestDatabases();
const LAST_SUCCESS = 'ground_control.ingest.last_success';
const LAG = 'ground_control.ingest.lag';
const PROBLEMS = 'ground_control.problems';

describe.each(databases.eachSupportedId())('IngestMetrics on %s', id => {
  let knex: Knex;
  let exporter: InMemoryMetricExporter;
  let reader: PeriodicExportingMetricReader;
  let now: number;
  let isDatabaseThere: boolean;
  let measured: IngestMetrics;

  beforeEach(async () => {
    exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    reader = new PeriodicExportingMetricReader({
      exporter,
      // Longer than the test: it is asked by hand.
      exportIntervalMillis: 3_600_000,
    });
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    now = 1_000_000;
    isDatabaseThere = true;
    measured = new IngestMetrics({
      readFacts: async () => {
        if (!isDatabaseThere) throw new Error('gone');
        return readIngestFacts(knex, 'default');
      },
      pollIntervalMs: 10_000,
      now: () => now,
    });
  });
  afterEach(async () => {
    measured.close();
    metrics.disable();
    await reader.shutdown();
  });

  const readValues = () => collect(reader, exporter);

  const makeRow = () =>
    knex('repositories').insert({
      repository: 'default',
      url_hash: '',
      branch: 'master',
      format: 0,
      anew_since: now,
    });
  const note = (row: object) => knex('repositories').update(row);

  it('reports what was measured here', async () => {
    measured.fetched('fetched', 250);
    measured.fetched('unreachable', 2_000);
    measured.ingested(40);
    measured.ingested(2);
    measured.caughtUp({ durationMs: 1_500, delayMs: 4_000 });
    expect(await readValues()).toMatchObject({
      'ground_control.fetch.duration:fetched': 0.25,
      'ground_control.fetch.duration:unreachable': 2,
      'ground_control.ingest.commits': 42,
      'ground_control.ingest.duration': 1.5,
      'ground_control.ingest.delay': 4,
    });
  });

  it('says what the tables say, whichever replica wrote them', async () => {
    expect(await readValues()).not.toHaveProperty([LAG]);
    await makeRow();
    now += 30_000;
    const unread = await readValues();
    expect(unread).toMatchObject({ [LAG]: 30, [PROBLEMS]: 0 });
    expect(unread).not.toHaveProperty([LAST_SUCCESS]);

    await note({ attempted_at: now - 100, read_at: now, anew_since: null });
    await knex('problems').insert({
      repository: 'default',
      problem_key: 'one',
      code: 'policy-invalid',
      message: 'x',
      since: now,
    });
    const gauges = { [LAST_SUCCESS]: 1_030, [LAG]: 0, [PROBLEMS]: 1 };
    expect(await readValues()).toMatchObject(gauges);

    // The reader fetches in vain, and then dies.
    now += 10_000;
    await note({ attempted_at: now });
    expect(await readValues()).toMatchObject({ ...gauges, [LAG]: 10 });
    now += 90_000;
    expect(await readValues()).toMatchObject({ ...gauges, [LAG]: 100 });

    // Another one goes on.
    await note({ attempted_at: now, read_at: now + 1_000 });
    await knex('problems').delete();
    expect(await readValues()).toMatchObject({
      [LAST_SUCCESS]: 1_131,
      [LAG]: 0,
      [PROBLEMS]: 0,
    });
  });

  it('shows by the lag that the database does not answer', async () => {
    await makeRow();
    await note({ read_at: now });
    await readValues();
    isDatabaseThere = false;
    now += 300_000;
    expect(await readValues()).toMatchObject({
      [LAST_SUCCESS]: 1_000,
      [LAG]: 300,
    });
  });

  it('reads nothing more once it is closed', async () => {
    await makeRow();
    measured.close();
    expect(await readValues()).toEqual({});
  });
});
