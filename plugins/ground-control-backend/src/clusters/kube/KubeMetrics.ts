import { metrics } from '@opentelemetry/api';

/** What is measured of clusters' APIs; reported by Backstage's OpenTelemetry set-up. */
export class KubeMetrics {
  readonly #requests;
  readonly #restarts;

  constructor() {
    const meter = metrics.getMeter('ground-control');
    this.#requests = meter.createHistogram(
      'ground_control.cluster.request.duration',
      {
        description:
          'Time from a request to a cluster to its answer, or to the beginning of a watch',
        unit: 's',
      },
    );
    this.#restarts = meter.createCounter(
      'ground_control.cluster.watch.restarts',
      { description: 'Watches that ended and were opened again, by why' },
    );
  }

  asked(options: {
    cluster: string;
    verb: string;
    outcome: string;
    milliseconds: number;
  }): void {
    const { cluster, verb, outcome, milliseconds } = options;
    this.#requests.record(milliseconds / 1000, { cluster, verb, outcome });
  }

  restarted(options: { cluster: string; kind: string; why: string }): void {
    this.#restarts.add(1, options);
  }
}
