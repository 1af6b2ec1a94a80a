import {
  LatencyPoint,
  LatencyProblem,
} from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../../../lib/cleanText';
import { buildHistogram } from './buildHistogram';

/** What one value says of a link. */
export type Part =
  | 'bucket'
  | 'count'
  | 'ok'
  | 'failed'
  | 'lastSuccess'
  | 'lastOk'
  | 'alive'
  | 'interval';

/** Whose value it is. */
export interface PairLabels {
  from: string;
  to: string;
  fromProvider?: string;
  toProvider?: string;
  /** Tells two that measure the same link apart; empty where nothing does. */
  counter: string;
}

/** What was found of a link at one moment. */
export interface FoundPair extends PairLabels {
  bounds: number[];
  point: Omit<LatencyPoint, 'at'>;
  intervalMs?: number;
}

/** A link that is measured, and how that was counted can't be used. */
export type UnusablePair = Omit<FoundPair, 'bounds' | 'point'>;

interface Finding extends PairLabels {
  buckets: Map<number, number>;
  values: Partial<Record<Part, number>>;
  fault?: string;
}

const LONGEST_NAME = 128;
const MOST_PROBLEMS = 20;
const COUNTED: Part[] = ['bucket', 'count', 'ok', 'failed'];

function findNameFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.length > LONGEST_NAME) return 'is too long';
  return name === cleanText(name, LONGEST_NAME)
    ? undefined
    : "has characters that don't belong in a name";
}

function toInterval(seconds: number | undefined): { intervalMs?: number } {
  return seconds && seconds > 0 ? { intervalMs: seconds * 1_000 } : {};
}

/** Puts together what single values say of links at one moment. */
export class MomentCollector {
  readonly problems: LatencyProblem[] = [];
  /** They are links all the same; filled by `finish`. */
  readonly unusable: UnusablePair[] = [];
  private readonly pairs = new Map<string, Map<string, Finding>>();
  /** What is said of a link mostly stands together. */
  private last?: Finding;

  /** @param le - of a bucket, in seconds */
  add(labels: PairLabels, part: Part, value: number, le = NaN): void {
    const finding = this.get(labels);
    if (!finding) return;
    if (COUNTED.includes(part)) {
      if (!Number.isFinite(value) || value < 0) {
        finding.fault ??= `is counted as ${value}`;
        return;
      }
      if (part === 'bucket') {
        if (Number.isNaN(le)) finding.fault ??= 'has a bucket without a bound';
        else finding.buckets.set(le, Math.round(value));
        return;
      }
      const before = finding.values[part] ?? 0;
      finding.values[part] = before + Math.round(value);
      return;
    }
    if (Number.isFinite(value)) finding.values[part] = value;
  }

  /** What was found; what can't be used is a problem. */
  finish(): FoundPair[] {
    const found: FoundPair[] = [];
    for (const findings of this.pairs.values()) {
      const all = [...findings.values()].sort((a, b) =>
        a.counter < b.counter ? -1 : 1,
      );
      const [first] = all;
      const what = `${first.from} to ${first.to}`;
      if (all.length > 1) {
        this.say(
          'latency-link-measured-twice',
          `Several probes measure from ${what}; one of them is counted. Give each source cluster one probe.`,
        );
      }
      const pair = this.build(first);
      if (typeof pair === 'string') {
        this.say(
          'latency-counts-unusable',
          `What is measured from ${what} ${pair}; it was left out`,
        );
        const { buckets, values, fault, ...labels } = first;
        this.unusable.push({ ...labels, ...toInterval(values.interval) });
      } else if (pair) found.push(pair);
    }
    return found;
  }

  /** @returns undefined where the names can't be used */
  private get(labels: PairLabels): Finding | undefined {
    const { from, to, counter } = labels;
    const { last } = this;
    if (last?.from === from && last.to === to && last.counter === counter) {
      return last;
    }
    const key = `${from}\0${to}`;
    let findings = this.pairs.get(key);
    if (!findings) {
      const fault = findNameFault(from) ?? findNameFault(to);
      if (fault) {
        this.say(
          'latency-name-invalid',
          `The name of a cluster in what it measures ${fault}; the link was left out`,
        );
        return undefined;
      }
      this.pairs.set(key, (findings = new Map()));
    }
    let finding = findings.get(counter);
    if (!finding) {
      finding = { ...labels, buckets: new Map(), values: {} };
      findings.set(counter, finding);
    }
    this.last = finding;
    return finding;
  }

  /** @returns what is wrong with it, or undefined where nothing is counted */
  private build(finding: Finding): FoundPair | string | undefined {
    const { buckets, values, fault, ...labels } = finding;
    if (fault) return fault;
    const { count, ok = count, failed = 0, interval } = values;
    if (buckets.size === 0 && values.ok === undefined) {
      if (values.failed === undefined && values.alive === undefined) {
        return undefined;
      }
      return this.toPair(labels, { bounds: [], counts: [0] }, values, 0);
    }
    // Before the first answer some have no buckets at all.
    const histogram =
      buckets.size === 0 ? { bounds: [], counts: [ok ?? 0] } : undefined;
    const built = histogram ?? buildHistogram(buckets, count);
    if ('fault' in built) return built.fault;
    const answered = ok ?? built.counts.reduce((sum, one) => sum + one, 0);
    return this.toPair(
      labels,
      built,
      { ...values, failed, interval },
      answered,
    );
  }

  private toPair(
    labels: PairLabels,
    histogram: { bounds: number[]; counts: number[] },
    values: Finding['values'],
    ok: number,
  ): FoundPair {
    const { lastSuccess, lastOk, alive, interval, failed = 0 } = values;
    const point: FoundPair['point'] = { counts: histogram.counts, ok, failed };
    if (lastSuccess) point.lastSuccessAt = lastSuccess * 1_000;
    if (lastOk !== undefined) point.lastOk = lastOk > 0;
    if (alive !== undefined) point.alive = alive > 0;
    return {
      ...labels,
      bounds: histogram.bounds,
      point,
      ...toInterval(interval),
    };
  }

  private say(code: string, message: string) {
    if (this.problems.length >= MOST_PROBLEMS) return;
    if (this.problems.some(problem => problem.message === message)) return;
    this.problems.push({ code, message });
  }
}
