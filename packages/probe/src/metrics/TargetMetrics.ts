import { Counter, Gauge, Histogram, type Metric } from 'prom-client';
import {
  type Outcome,
  PHASES,
  RESULTS,
  type Source,
  type Target,
} from '../types.ts';

const PREFIX = 'backbone_gateway_probe';
const LABELS = ['source', 'target', 'source_provider', 'target_provider'];

/** Seconds: fine where links between clouds are, coarse where nobody cares. */
export const BUCKETS = [
  0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04,
  0.05, 0.06, 0.075, 0.09, 0.11, 0.135, 0.165, 0.2, 0.25, 0.35, 0.5, 0.75, 1,
  1.5, 2.5, 5, 10,
];

/**
 * The series of one target. Each target has metrics of its own, so that its
 * series go when it goes and `/metrics` can be written a target at a time.
 */
export class TargetMetrics {
  readonly #labels: Record<string, string>;
  readonly #duration: Histogram;
  readonly #phases: Histogram;
  readonly #total: Counter;
  readonly #success: Gauge;
  readonly #lastSuccess: Gauge;
  readonly #interval: Gauge;
  readonly #skipped: Counter;
  readonly #distrusted: Counter;

  constructor(source: Source, target: Target) {
    this.#labels = {
      source: source.cluster,
      target: target.name,
      source_provider: source.provider,
      target_provider: target.provider,
    };
    const common = { labelNames: LABELS, registers: [] };
    this.#duration = new Histogram({
      ...common,
      name: `${PREFIX}_duration_seconds`,
      help: 'How long successful probes took: connection, TLS handshake and answer, without DNS.',
      buckets: BUCKETS,
    });
    this.#phases = new Histogram({
      ...common,
      name: `${PREFIX}_phase_duration_seconds`,
      help: 'How long the phases of successful probes took (dns, connect, tls, answer); sum and count.',
      labelNames: [...LABELS, 'phase'],
      buckets: [],
    });
    this.#total = new Counter({
      ...common,
      name: `${PREFIX}s_total`,
      help: 'Probes by their result, each failure from the first.',
      labelNames: [...LABELS, 'result'],
    });
    this.#success = new Gauge({
      ...common,
      name: `${PREFIX}_success`,
      help: 'Whether the last probe was well; absent before the first.',
    });
    this.#lastSuccess = new Gauge({
      ...common,
      name: `${PREFIX}_last_success_timestamp_seconds`,
      help: 'When the last successful probe ended.',
    });
    this.#interval = new Gauge({
      ...common,
      name: `${PREFIX}_interval_seconds`,
      help: 'How often the target is probed.',
    });
    this.#skipped = new Counter({
      ...common,
      name: `${PREFIX}_skipped_total`,
      help: 'Probes that were due and not made, because the last one still ran or this process stood still.',
    });
    this.#distrusted = new Counter({
      ...common,
      name: `${PREFIX}_distrusted_total`,
      help: 'Probes whose duration, or whose silence, was not counted because this process stood still meanwhile.',
    });
    this.#duration.zero(this.#labels);
    // All of them: a first failure is an increase only of what was there.
    for (const result of RESULTS) {
      this.#total.inc({ ...this.#labels, result }, 0);
    }
    this.#skipped.inc(this.#labels, 0);
    this.#distrusted.inc(this.#labels, 0);
    this.planned(target);
  }

  planned({ intervalMs }: Target): void {
    this.#interval.set(this.#labels, intervalMs / 1_000);
  }

  skipped(count: number): void {
    this.#skipped.inc(this.#labels, count);
  }

  /** Without durations when they aren't the link's. */
  ended(outcome: Outcome, now: number, withDuration: boolean): void {
    const { result, phases } = outcome;
    this.#total.inc({ ...this.#labels, result });
    this.#success.set(this.#labels, result === 'success' ? 1 : 0);
    if (result !== 'success') return;
    this.#lastSuccess.set(this.#labels, now / 1_000);
    if (!withDuration) return;
    this.#duration.observe(this.#labels, outcome.durationMs / 1_000);
    for (const phase of PHASES) {
      const ms = phases[phase];
      if (ms !== undefined) {
        this.#phases.observe({ ...this.#labels, phase }, ms / 1_000);
      }
    }
  }

  distrusted(): void {
    this.#distrusted.inc(this.#labels);
  }

  /** In the same order for every target. */
  all(): Metric[] {
    return [
      this.#duration,
      this.#phases,
      this.#total,
      this.#success,
      this.#lastSuccess,
      this.#interval,
      this.#skipped,
      this.#distrusted,
    ];
  }
}
