import { metrics } from '@opentelemetry/api';

/** What is measured of reading latency sources; reported by Backstage's OpenTelemetry set-up. */
export class LatencyMetrics {
  readonly #readings;
  readonly #samples;

  constructor() {
    const meter = metrics.getMeter('ground-control');
    this.#readings = meter.createHistogram(
      'ground_control.latency.reading.duration',
      {
        description:
          'Time from asking a latency source to the end of its answer',
        unit: 's',
      },
    );
    this.#samples = meter.createCounter('ground_control.latency.samples', {
      description:
        'Probes of links that were counted, by whether they were answered',
    });
  }

  read(options: {
    source: string;
    outcome: string;
    milliseconds: number;
  }): void {
    const { source, outcome, milliseconds } = options;
    this.#readings.record(milliseconds / 1000, { source, outcome });
  }

  counted(ok: number, failed: number): void {
    if (ok > 0) this.#samples.add(ok, { outcome: 'answered' });
    if (failed > 0) this.#samples.add(failed, { outcome: 'lost' });
  }
}
