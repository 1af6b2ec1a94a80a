import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { IngestMetrics } from './IngestMetrics';

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({
  exporter,
  // Longer than the test: it is asked by hand.
  exportIntervalMillis: 3_600_000,
});

/** The newest value of each instrument; of a histogram its sum. */
async function readValues(): Promise<Record<string, number>> {
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

describe('IngestMetrics', () => {
  beforeAll(() => {
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  });
  afterAll(async () => {
    await reader.shutdown();
    metrics.disable();
  });

  it('reports a success, a lag that grows while it fails, and its end', async () => {
    let now = 1_000_000;
    const measured = new IngestMetrics(() => now);
    expect(await readValues()).toEqual({});

    measured.fetched('fetched', 250);
    measured.ingested(40);
    measured.ingested(2);
    measured.succeeded({
      now,
      durationMs: 1_500,
      commits: 42,
      lagMs: 4_000,
      problems: 3,
    });
    expect(await readValues()).toEqual({
      'ground_control.fetch.duration:fetched': 0.25,
      'ground_control.ingest.commits': 42,
      'ground_control.ingest.duration': 1.5,
      'ground_control.ingest.lag': 4,
      'ground_control.ingest.last_success': 1_000,
      'ground_control.problems': 3,
    });

    measured.fetched('unreachable', 2_000);
    measured.failed();
    now += 90_000;
    expect(await readValues()).toMatchObject({
      'ground_control.fetch.duration:unreachable': 2,
      'ground_control.ingest.lag': 90,
      'ground_control.ingest.last_success': 1_000,
    });

    measured.succeeded({ now, durationMs: 10, commits: 0, problems: 0 });
    expect(await readValues()).toMatchObject({
      'ground_control.ingest.duration': 1.5,
      'ground_control.ingest.lag': 0,
      'ground_control.ingest.last_success': 1_090,
      'ground_control.problems': 0,
    });
  });

  it('counts the lag of one that never succeeds from its first failure', async () => {
    let now = 1_000_000;
    const measured = new IngestMetrics(() => now);
    measured.failed();
    now += 30_000;
    measured.failed();
    expect(await readValues()).toHaveProperty(
      ['ground_control.ingest.lag'],
      30,
    );
  });
});
