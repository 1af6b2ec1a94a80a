import {
  LatencyFault,
  LatencyProblem,
  LatencyReading,
  LatencySeries,
  LatencySource,
} from '@ground-control/backstage-plugin-ground-control-node';
import { pairKey } from '../../book/pairKey';
import { MetricsGate } from '../gate/MetricsGate';
import { readAuthorization, SourceAccess } from '../gate/readAuthorization';
import { FoundPair } from '../collect/MomentCollector';
import { FindPeriod, ScrapeTake } from '../scrape/types';
import { askRange } from './askRange';
import { MatrixSeries } from './parseMatrix';
import { LONGEST_PART_MS, Part, planPart, SHORTEST_PART_MS } from './planPart';
import { PrometheusQuestions } from './types';

export interface PrometheusSettings {
  name: string;
  /** Without `/api/v1`. */
  url: string;
  /** The source clusters, where they are known. */
  clusters?: string[];
  questions: PrometheusQuestions;
  intervalMs: number;
  timeoutMs: number;
  access: SourceAccess;
}

/** Asks for less at a time when that is why there was no answer. */
function isTooMuch({ message }: LatencyFault): boolean {
  return /\((422|503)\)|is larger than|within \d/.test(message);
}

/**
 * Reads what Prometheus has collected of links: the past in parts, oldest
 * first, and then what is new.
 */
export class PrometheusSource implements LatencySource {
  readonly id: string;
  readonly label: string;
  readonly intervalMs: number;
  readonly clusters?: string[];
  private readonly gate: MetricsGate;
  private skewMs = 0;
  private partMs = LONGEST_PART_MS;

  constructor(private readonly settings: PrometheusSettings) {
    this.id = `prometheus/${settings.name}`;
    this.label = `Prometheus ${settings.name}`;
    this.intervalMs = settings.intervalMs;
    this.clusters = settings.clusters;
    this.gate = new MetricsGate(() => readAuthorization(settings.access));
  }

  async read(options: {
    since: number;
    now: number;
    signal: AbortSignal;
    findPeriod?: FindPeriod;
  }): Promise<LatencyReading> {
    const { since, now, signal, findPeriod } = options;
    const { intervalMs } = this;
    const { partMs } = this;
    const part = planPart({ since, now, intervalMs, partMs });
    if (!part) return { until: since, heard: [], series: [] };
    let series: MatrixSeries[];
    try {
      const skewBefore = this.skewMs;
      series = await this.ask(part, now, signal);
      if (this.skewMs !== skewBefore)
        series = await this.ask(part, now, signal);
    } catch (error) {
      if (error instanceof LatencyFault && isTooMuch(error)) {
        this.partMs = Math.max(SHORTEST_PART_MS, this.partMs / 2);
      }
      throw error;
    }
    return this.build(series, part, findPeriod);
  }

  private async ask(
    part: Part,
    now: number,
    signal: AbortSignal,
  ): Promise<MatrixSeries[]> {
    const { questions, url, timeoutMs } = this.settings;
    const all: MatrixSeries[] = [];
    for (const { query, name } of questions.queries) {
      const { skewMs, series } = await askRange(this.gate, {
        url,
        query,
        ...part,
        skewMs: this.skewMs,
        timeoutMs,
        now,
        signal,
      });
      // Its clock and the way to it make some of it; only a real step counts.
      if (Math.abs(skewMs - this.skewMs) > 5_000) this.skewMs = skewMs;
      for (const one of series) {
        if (name !== undefined) one.labels.__name__ = name;
        all.push(one);
      }
    }
    return all;
  }

  private build(
    series: MatrixSeries[],
    part: Part,
    findPeriod: FindPeriod | undefined,
  ): LatencyReading {
    const moments = new Map<number, ScrapeTake>();
    const problems = new Map<string, LatencyProblem>();
    const { questions } = this.settings;
    for (const { labels, values } of series) {
      const { __name__: name = '', ...others } = labels;
      for (const [seconds, value] of values) {
        const at = Math.round(seconds * 1_000) - this.skewMs;
        let take = moments.get(at);
        if (!take) moments.set(at, (take = questions.begin(findPeriod)));
        take.take({ name, labels: others, value });
      }
    }
    const pairs = new Map<string, LatencySeries[]>();
    const heard = new Map<string, number>();
    for (const at of [...moments.keys()].sort((a, b) => a - b)) {
      const take = moments.get(at)!;
      const found = take.collector.finish();
      for (const source of take.sources) heard.set(source, at);
      for (const pair of found) {
        heard.set(pair.from, at);
        this.add(pairs, pair, take, at);
      }
      for (const pair of take.collector.unusable) {
        heard.set(pair.from, at);
        const key = pairKey(pair.from, pair.to);
        if (pairs.has(key)) continue;
        const nothing = { bounds: [], points: [] };
        pairs.set(key, [this.toSeries({ ...pair, ...nothing }, take)]);
      }
      for (const problem of take.collector.problems) {
        problems.set(problem.message, problem);
      }
    }
    if (this.skewMs !== 0) {
      problems.set('skew', {
        code: 'latency-clock-off',
        message: `The clock of ${this.label} is ${Math.round(
          Math.abs(this.skewMs) / 1_000,
        )} s ${
          this.skewMs > 0 ? 'ahead of' : 'behind'
        } ours; its times were set right by that. Let it follow a time server.`,
      });
    }
    return {
      until: part.end,
      more: part.more,
      heard: [...heard].map(([cluster, at]) => ({ cluster, at })),
      series: [...pairs.values()].flat(),
      problems: [...problems.values()],
    };
  }

  private add(
    pairs: Map<string, LatencySeries[]>,
    { point, ...pair }: FoundPair,
    take: ScrapeTake,
    at: number,
  ) {
    const key = pairKey(pair.from, pair.to);
    const { lastSuccessAt } = point;
    const ours = {
      ...point,
      at,
      ...(lastSuccessAt !== undefined && {
        lastSuccessAt: Math.min(lastSuccessAt - this.skewMs, at),
      }),
    };
    const segments = pairs.get(key) ?? [];
    const known = segments.at(-1);
    const isSame =
      known &&
      known.counter === pair.counter &&
      known.bounds.length === pair.bounds.length &&
      known.bounds.every((bound, i) => bound === pair.bounds[i]);
    if (isSame) {
      known.points.push(ours);
      return;
    }
    // Other buckets, or another process: counters that begin anew.
    segments.push(this.toSeries({ ...pair, points: [ours] }, take));
    pairs.set(key, segments);
  }

  private toSeries(
    pair: Omit<LatencySeries, 'probe' | 'counting' | 'lossAtLeast'>,
    take: ScrapeTake,
  ): LatencySeries {
    return {
      ...pair,
      probe: take.describe(pair.intervalMs),
      counting: 'running',
      lossAtLeast: this.settings.questions.profile.lossAtLeast,
    };
  }
}
