import { BatchObservableResult, metrics } from '@opentelemetry/api';
import { withinTime } from '../lib/withinTime';
import { decideLag } from './decideLag';
import { RepositoryRow } from './types';

/** Who collects waits for us; a database that hangs may not keep it long. */
const READ_MS = 5_000;

/** What the tables say of ingest. */
export interface IngestFacts {
  row: RepositoryRow | undefined;
  /** How many problems are open. */
  problems: number;
}

interface IngestMetricsOptions {
  readFacts: () => Promise<IngestFacts>;
  pollIntervalMs: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * What is measured of ingest; reported by Backstage's OpenTelemetry set-up.
 * The gauges are read from the tables when they are collected: each replica
 * says the same, whoever reads the repository, and when nobody does it shows.
 * One that the reading replica alone told would stay as it was where another
 * has taken over: a gauge that isn't observed is reported as it was last.
 */
export class IngestMetrics {
  readonly #options: IngestMetricsOptions;
  readonly #meter = metrics.getMeter('ground-control');
  readonly #commits;
  readonly #fetches;
  readonly #ingests;
  readonly #delays;
  readonly #lastSuccess;
  readonly #lag;
  readonly #problems;
  /** As they were read last. */
  #facts?: IngestFacts;

  constructor(options: IngestMetricsOptions) {
    this.#options = options;
    const meter = this.#meter;
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
    this.#delays = meter.createHistogram('ground_control.ingest.delay', {
      description: 'Time from a commit, the newest of a fetch, to its rows',
      unit: 's',
    });
    this.#lastSuccess = meter.createObservableGauge(
      'ground_control.ingest.last_success',
      {
        description:
          'When a round that fetched and read all ended last, in seconds since 1970',
        unit: 's',
      },
    );
    this.#lag = meter.createObservableGauge('ground_control.ingest.lag', {
      description:
        'Time since all of the branch was read; 0 when the last round did it',
      unit: 's',
    });
    this.#problems = meter.createObservableGauge('ground_control.problems', {
      description: 'Open problems',
    });
    meter.addBatchObservableCallback(this.#observe, this.#gauges());
  }

  /** The gauges are reported no more. */
  close(): void {
    this.#meter.removeBatchObservableCallback(this.#observe, this.#gauges());
  }

  fetched(outcome: string, milliseconds: number): void {
    this.#fetches.record(milliseconds / 1000, { outcome });
  }

  ingested(commits: number): void {
    this.#commits.add(commits);
  }

  /** @param delayMs - from the newest commit to now, where its time is known */
  caughtUp(options: { durationMs: number; delayMs?: number }): void {
    const { durationMs, delayMs } = options;
    this.#ingests.record(durationMs / 1000);
    if (delayMs !== undefined) this.#delays.record(delayMs / 1000);
  }

  #gauges() {
    return [this.#lastSuccess, this.#lag, this.#problems];
  }

  readonly #observe = async (result: BatchObservableResult) => {
    const { pollIntervalMs, now } = this.#options;
    // While the database doesn't answer, the lag grows and says so.
    this.#facts = (await this.#read()) ?? this.#facts;
    if (!this.#facts?.row) return;
    const { row, problems } = this.#facts;
    result.observe(this.#problems, problems);
    if (row.read_at !== null) {
      result.observe(this.#lastSuccess, row.read_at / 1000);
    }
    const lagMs = decideLag(row, { pollIntervalMs, now: now() });
    if (lagMs !== undefined) result.observe(this.#lag, lagMs / 1000);
  };

  async #read(): Promise<IngestFacts | undefined> {
    const late = () => new Error('The database does not answer');
    return withinTime(READ_MS, { late }, this.#options.readFacts).catch(
      () => undefined,
    );
  }
}
