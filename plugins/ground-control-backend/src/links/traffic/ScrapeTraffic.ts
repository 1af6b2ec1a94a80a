import {
  readAuthorization,
  SourceAccess,
} from '../../latency/sources/gate/readAuthorization';
import { MetricsGate } from '../../latency/sources/gate/MetricsGate';
import { MetricsText } from '../../latency/metricsText/MetricsText';
import { TrafficCall } from '../calls/types';
import { TrafficPart, TrafficTable } from './TrafficTable';
import { TrafficSource } from './types';

export interface ScrapeTrafficSettings {
  /** Who calls. */
  cluster: string;
  url: string;
  intervalMs: number;
  timeoutMs: number;
  access: SourceAccess;
}

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_SAMPLES = 20_000;
/** As long as the shortest window of links. */
const RANGE_MS = 5 * 60_000;

interface Counter {
  part: TrafficPart;
  labels: Record<string, string>;
  value: number;
}

/** Values of counters, by their metric and labels. */
interface Reading {
  at: number;
  values: Map<string, number>;
}

const NAMES = new Set(['request_total', 'response_total']);

/**
 * Reads from one place what Linkerd counted of calls over links, without a
 * Prometheus: what is between two readings of the last five minutes.
 */
export class ScrapeTraffic implements TrafficSource {
  readonly id: string;
  readonly label: string;
  readonly intervalMs: number;
  private readonly gate: MetricsGate;
  private readings: Reading[] = [];

  constructor(private readonly settings: ScrapeTrafficSettings) {
    const { cluster, access } = settings;
    this.id = `scrape/${cluster}`;
    this.label = `traffic of ${cluster}`;
    this.intervalMs = settings.intervalMs;
    this.gate = new MetricsGate(() => readAuthorization(access));
  }

  async read(options: {
    now: number;
    signal: AbortSignal;
  }): Promise<TrafficCall[] | undefined> {
    const counters = await this.scrape(options);
    const values = new Map([...counters].map(([key, one]) => [key, one.value]));
    const last: Reading = { at: options.now, values };
    this.readings = this.readings.filter(
      ({ at }) => at < last.at && last.at - at <= RANGE_MS,
    );
    this.readings.push(last);
    const [first] = this.readings;
    if (first === last) return undefined;
    const seconds = (last.at - first.at) / 1_000;
    const table = new TrafficTable();
    for (const [key, { part, labels }] of counters) {
      const grown = this.countGrowth(key) / seconds;
      table.add(this.settings.cluster, labels, part, grown);
      // Every failure is an answer too.
      if (part === 'failures') {
        table.add(this.settings.cluster, labels, 'answers', grown);
      }
    }
    return table.finish();
  }

  /** What began anew in between counts from zero. */
  private countGrowth(key: string): number {
    let grown = 0;
    let before: number | undefined;
    for (const [i, { values }] of this.readings.entries()) {
      const value = values.get(key);
      if (value === undefined) continue;
      if (before !== undefined) {
        grown += value >= before ? value - before : value;
      } else if (i > 0) {
        grown += value;
      }
      before = value;
    }
    return grown;
  }

  private async scrape({ now, signal }: { now: number; signal: AbortSignal }) {
    const { url, timeoutMs } = this.settings;
    const counters = new Map<string, Counter>();
    const text = new MetricsText({
      isWanted: name => NAMES.has(name),
      mostSamples: MOST_SAMPLES,
      onSample: ({ name, labels, value }) => {
        if (!labels.dst_target_cluster) return;
        if (labels.direction !== 'outbound' || !Number.isFinite(value)) return;
        const isFailure = labels.classification === 'failure';
        const ofAnswer = isFailure ? 'failures' : 'answers';
        const part = name === 'request_total' ? 'requests' : ofAnswer;
        counters.set(JSON.stringify([name, labels]), { part, labels, value });
      },
    });
    await this.gate.read({
      url,
      timeoutMs,
      maxBytes: MOST_BYTES,
      signal,
      now,
      onPiece: piece => text.feed(piece),
    });
    text.end();
    return counters;
  }
}
