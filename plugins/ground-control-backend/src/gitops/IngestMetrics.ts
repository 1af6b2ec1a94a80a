import { metrics } from '@opentelemetry/api';

/** What is measured of ingest; reported by Backstage's OpenTelemetry set-up. */
export class IngestMetrics {
  #lastSuccess?: number;
  /** Since when all fails, where nothing has succeeded before. */
  #failsSince?: number;
  #lag?: number;
  #problems?: number;
  readonly #commits;
  readonly #fetches;
  readonly #ingests;

  /** @param now - milliseconds since 1970 */
  constructor(private readonly now: () => number) {
    const meter = metrics.getMeter('ground-control');
    this.#commits = meter.createCounter('ground_control.ingest.commits', {
      description: 'Commits of the config repository that were read',
    });
    this.#fetches = meter.createHistogram('ground_control.fetch.duration', {
      description: 'Time that a fetch of the config repository took',
      unit: 's',
    });
    this.#ingests = meter.createHistogram('ground_control.ingest.duration', {
      description:
        'Time from the end of a fetch that brought commits to their rows',
      unit: 's',
    });
    meter
      .createObservableGauge('ground_control.ingest.last_success', {
        description:
          'When the last round that fetched and read all ended, in seconds since 1970',
        unit: 's',
      })
      .addCallback(result => {
        if (this.#lastSuccess) result.observe(this.#lastSuccess / 1000);
      });
    meter
      .createObservableGauge('ground_control.ingest.lag', {
        description:
          'Time from the last commit to its rows; where that fails, since the last success or the first failure',
        unit: 's',
      })
      .addCallback(result => {
        const since = this.#lastSuccess ?? this.#failsSince;
        if (this.#lag !== undefined) result.observe(this.#lag);
        else if (since) result.observe((now() - since) / 1000);
      });
    meter
      .createObservableGauge('ground_control.problems', {
        description:
          'Open problems of the config repository and the artifact store',
      })
      .addCallback(result => {
        if (this.#problems !== undefined) result.observe(this.#problems);
      });
  }

  fetched(outcome: string, milliseconds: number): void {
    this.#fetches.record(milliseconds / 1000, { outcome });
  }

  ingested(commits: number): void {
    this.#commits.add(commits);
  }

  /** @param lagMs - from the newest commit to now; undefined when none was new */
  succeeded(options: {
    now: number;
    durationMs: number;
    commits: number;
    lagMs?: number;
    problems: number;
  }): void {
    this.#lastSuccess = options.now;
    this.#failsSince = undefined;
    this.#problems = options.problems;
    if (options.commits > 0) this.#ingests.record(options.durationMs / 1000);
    this.#lag = options.lagMs === undefined ? 0 : options.lagMs / 1000;
  }

  failed(): void {
    this.#lag = undefined;
    this.#failsSince ??= this.now();
  }
}
