import { isDeepStrictEqual } from 'node:util';
import { FailureLog } from '../failures/FailureLog.ts';
import { KeptConnections } from '../kinds/lib/KeptConnections.ts';
import { Resolver } from '../kinds/lib/Resolver.ts';
import { TlsContexts } from '../kinds/lib/TlsContexts.ts';
import { probeTarget } from '../kinds/probeTarget.ts';
import type { ProbeTools } from '../kinds/types.ts';
import type { Log } from '../log/Log.ts';
import { ProbeMetrics } from '../metrics/ProbeMetrics.ts';
import { decideTrust } from '../schedule/decideTrust.ts';
import { Schedule } from '../schedule/Schedule.ts';
import { StallWatch } from '../schedule/StallWatch.ts';
import type { Outcome, Result, Source, Target } from '../types.ts';
import { decideNews } from './decideNews.ts';

/** Probes the targets that it is given, and keeps what it found. */
export class Prober {
  readonly metrics: ProbeMetrics;
  readonly failures = new FailureLog();
  readonly contexts = new TlsContexts();
  readonly #kept = new KeptConnections();
  readonly #stop = new AbortController();
  readonly #stalls = new StallWatch();
  readonly #last = new Map<string, Result>();
  readonly #schedule: Schedule;
  readonly #tools: ProbeTools;
  readonly #source: Source;
  readonly #log: Log;
  #targets: readonly Target[] = [];

  constructor(source: Source, jitter: number, log: Log) {
    this.#source = source;
    this.#log = log;
    this.metrics = new ProbeMetrics(source);
    this.#tools = {
      resolver: new Resolver(),
      contexts: this.contexts,
      kept: this.#kept,
      signal: this.#stop.signal,
    };
    this.#schedule = new Schedule({
      jitter,
      probe: target => this.#probe(target),
      onSkip: (target, count) => this.metrics.of(target)?.skipped(count),
    });
  }

  set(given: readonly Target[]): void {
    const known = new Map(this.#targets.map(target => [target.name, target]));
    const targets = given.map(target => {
      const last = known.get(target.name);
      return last && isDeepStrictEqual(last, target) ? last : target;
    });
    for (const target of this.#targets) {
      if (!targets.includes(target)) this.#kept.drop(target);
    }
    const names = new Set(targets.map(({ name }) => name));
    for (const name of this.#last.keys()) {
      if (!names.has(name)) this.#last.delete(name);
    }
    this.#targets = targets;
    this.metrics.set(targets);
    this.failures.keep(targets);
    this.contexts.keep(targets.flatMap(({ tls }) => tls ?? []));
    this.#schedule.set(targets);
  }

  stop(): void {
    this.#schedule.stop();
    this.#stop.abort();
    this.#stalls.stop();
    this.#kept.close();
  }

  async #probe(target: Target): Promise<void> {
    const startedAt = performance.now();
    const outcome = await probeTarget(target, this.#tools);
    if (!this.#schedule.has(target)) {
      // It changed or went meanwhile, and has no use for what was found.
      this.#kept.drop(target);
      return;
    }
    const series = this.metrics.of(target);
    const stalledMs =
      outcome.result === 'success'
        ? this.#stalls.longestAt(outcome.moments)
        : this.#stalls.longestSince(startedAt);
    const trust = decideTrust(outcome, target.deadlineMs, stalledMs);
    if (trust !== 'whole') series?.distrusted();
    if (trust === 'none') return;
    const now = Date.now();
    series?.ended(outcome, now, trust === 'whole');
    this.#tell(target, outcome);
    if (outcome.result === 'success') return;
    const { result, reason, phase, elapsedMs } = outcome;
    this.failures.add({
      source: this.#source.cluster,
      target: target.name,
      at: new Date(now).toISOString(),
      result,
      reason,
      phase,
      elapsedMs: Math.round(elapsedMs * 10) / 10,
    });
  }

  #tell({ name }: Target, outcome: Outcome) {
    const news = decideNews(this.#last.get(name), outcome);
    this.#last.set(name, outcome.result);
    if (!news) return;
    if (outcome.result === 'success') {
      this.#log.info(`target is ${news}`, { target: name });
      return;
    }
    const { result, phase, reason } = outcome;
    this.#log.warn(`target is ${news}`, {
      target: name,
      result,
      phase,
      reason,
    });
  }
}
