import {
  LatencyFailure,
  LatencyFault,
  LatencyProblem,
  LatencyReading,
  LatencySource,
} from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../../../lib/cleanText';
import { MetricsText } from '../../metricsText/MetricsText';
import { FoundPair, UnusablePair } from '../collect/MomentCollector';
import { MetricsGate } from '../gate/MetricsGate';
import { readAuthorization, SourceAccess } from '../gate/readAuthorization';
import { readFailures } from './readFailures';
import { FindPeriod, ScrapeProfile, ScrapeTake } from './types';

const MIB = 1024 * 1024;
/** 500 targets of our probe are 3 MiB. */
const MOST_BYTES = 16 * MIB;
const MOST_FAILURE_BYTES = 4 * MIB;
/** 500 targets of our probe are 25,000. */
const MOST_SAMPLES = 200_000;

/** One place that is scraped. */
export interface ScrapeSettings {
  cluster: string;
  /** The target cluster, where what is scraped doesn't name it. */
  target?: string;
  url: string;
  profile: ScrapeProfile;
  intervalMs: number;
  timeoutMs: number;
  access: SourceAccess;
}

/** Reads the metrics of something that measures links from one cluster. */
export class ScrapeSource implements LatencySource {
  readonly id: string;
  readonly label: string;
  readonly intervalMs: number;
  readonly clusters: string[];
  private readonly gate: MetricsGate;
  /** Lost probes when failures were last read. */
  private failed?: number;
  private saidStart = false;

  constructor(private readonly settings: ScrapeSettings) {
    const { cluster, target, profile, intervalMs, access } = settings;
    this.id = ['scrape', profile.id, cluster, target].filter(Boolean).join('/');
    this.label = `${profile.id} of ${cluster}`;
    this.intervalMs = intervalMs;
    this.clusters = [cluster];
    this.gate = new MetricsGate(() => readAuthorization(access));
  }

  async read(options: {
    now: number;
    signal: AbortSignal;
    findPeriod?: FindPeriod;
  }): Promise<LatencyReading> {
    const { now, signal, findPeriod } = options;
    const { profile, cluster, target, intervalMs, url } = this.settings;
    const { timeoutMs } = this.settings;
    const take = profile.begin({
      cluster,
      target,
      readMs: intervalMs,
      findPeriod,
    });
    const names = new Set(profile.names);
    const text = new MetricsText({
      isWanted: name => names.has(name),
      onSample: sample => take.take(sample),
      mostSamples: MOST_SAMPLES,
    });
    const skewMs = await this.gate.read({
      url,
      timeoutMs,
      maxBytes: MOST_BYTES,
      signal,
      now,
      onPiece: piece => text.feed(piece),
    });
    text.end();
    take.end?.();
    this.checkStart(take);
    const all = take.collector.finish();
    const problems = [...take.collector.problems];
    this.checkSources(take, problems);
    if (skewMs !== 0) problems.push(this.describeSkew(skewMs));
    const pairs = all.filter(({ from }) => from === cluster);
    const failures = await this.readFailures(pairs, {
      now,
      skewMs,
      signal,
    });
    return {
      until: now,
      heard: [{ cluster, at: now }],
      series: [
        ...pairs.map(pair => this.toSeries(pair, take, { now, skewMs })),
        ...take.collector.unusable
          .filter(({ from }) => from === cluster)
          .map(pair => this.toUncounted(pair, take)),
      ],
      ...(failures && { failures }),
      problems,
    };
  }

  /** What was cut off at the end of a line is a text like any other. */
  private checkStart({ startedAt }: ScrapeTake) {
    const saysStart = startedAt !== undefined;
    if (this.saidStart && !saysStart) {
      throw new LatencyFault(
        'failing',
        'Its metrics are cut off: they no longer have when it started, which they had before',
      );
    }
    this.saidStart = saysStart;
  }

  private toUncounted(pair: UnusablePair, take: ScrapeTake) {
    const { counting, lossAtLeast } = this.settings.profile;
    return {
      ...pair,
      probe: take.describe(pair.intervalMs),
      counting,
      lossAtLeast,
      bounds: [],
      points: [],
    };
  }

  private toSeries(
    { point, ...pair }: FoundPair,
    take: ScrapeTake,
    { now, skewMs }: { now: number; skewMs: number },
  ) {
    const { profile } = this.settings;
    const { lastSuccessAt } = point;
    const startedAt =
      take.startedAt !== undefined && Number.isFinite(take.startedAt)
        ? take.startedAt * 1_000 - skewMs
        : undefined;
    return {
      ...pair,
      probe: take.describe(pair.intervalMs),
      counting: profile.counting,
      lossAtLeast: profile.lossAtLeast,
      points: [
        {
          ...point,
          at: now,
          ...(startedAt !== undefined && { startedAt }),
          ...(lastSuccessAt !== undefined && {
            lastSuccessAt: Math.min(lastSuccessAt - skewMs, now),
          }),
        },
      ],
    };
  }

  private checkSources(take: ScrapeTake, problems: LatencyProblem[]) {
    const { cluster } = this.settings;
    const others = [...take.sources].filter(name => name !== cluster);
    if (others.length === 0) return;
    const said = cleanText(others[0], 128);
    if (!take.sources.has(cluster)) {
      throw new LatencyFault(
        'failing',
        `It says that it measures from ${said} and not from ${cluster}; check its address, or the source in its own configuration`,
      );
    }
    problems.push({
      code: 'latency-source-mistaken',
      message: `What measures from ${cluster} also has links from ${said}; those were left out`,
    });
  }

  private describeSkew(skewMs: number): LatencyProblem {
    const { cluster } = this.settings;
    const seconds = Math.round(Math.abs(skewMs) / 1_000);
    return {
      code: 'latency-clock-off',
      message: `The clock of what measures from ${cluster} is ${seconds} s ${
        skewMs > 0 ? 'ahead of' : 'behind'
      } ours; its times were set right by that. Let it follow a time server.`,
    };
  }

  /** Only when there are new ones: it is the same list again otherwise. */
  private async readFailures(
    pairs: FoundPair[],
    {
      now,
      skewMs,
      signal,
    }: { now: number; skewMs: number; signal: AbortSignal },
  ): Promise<LatencyFailure[] | undefined> {
    const { profile, cluster, url, timeoutMs } = this.settings;
    if (profile.failuresPath === undefined) return undefined;
    const failed = pairs.reduce((sum, { point }) => sum + point.failed, 0);
    if (failed === (this.failed ?? 0)) return undefined;
    const pieces: Buffer[] = [];
    try {
      await this.gate.read({
        url: new URL(profile.failuresPath, url).href,
        timeoutMs,
        maxBytes: MOST_FAILURE_BYTES,
        signal,
        now,
        onPiece: piece => pieces.push(piece),
      });
    } catch (error) {
      if (signal.aborted) throw error;
      // What was measured counts all the same; reasons are asked for again.
      return undefined;
    }
    this.failed = failed;
    const text = Buffer.concat(pieces).toString('utf8');
    return readFailures(text, { cluster, skewMs, now });
  }
}
