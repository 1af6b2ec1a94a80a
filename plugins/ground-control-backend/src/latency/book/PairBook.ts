import {
  LatencyProblem,
  LatencyReading,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Thresholds } from '../decide/thresholds';
import { floorTo, HOUR_MS } from '../times';
import { applySeries } from './applySeries';
import { RIVAL_MS } from './countDelta';
import { createPair } from './createPair';
import { judgePair } from './judgePair';
import { pairKey } from './pairKey';
import { PairState } from './types';

/** Of 100 clusters, each linked with each. */
const MOST_PAIRS = 10_000;
/** One reading without it may be half a text. */
const MISSED_UNTIL_UNLINKED = 2;

/** A source as the book knows it; the lower ordinal wins. */
export interface BookSource {
  id: string;
  label: string;
  ordinal: number;
  intervalMs: number;
}

/** What a reading changed. */
export interface Applied {
  /** Those whose row is another now. */
  pairs: PairState[];
  /** One of them is in another state. */
  hasNews: boolean;
  problems: LatencyProblem[];
}

/** All links, as the process that reads the sources holds them. */
export class PairBook {
  /** When another probe answered at the address of a source than is counted. */
  private readonly rivalsAt = new Map<string, number>();

  constructor(
    readonly pairs: Map<string, PairState>,
    private readonly options: {
      sources: ReadonlyMap<string, BookSource>;
      findThresholds: (pair: PairState) => Thresholds;
    },
  ) {}

  /** Takes in what a source said. */
  apply(source: BookSource, reading: LatencyReading, now: number): Applied {
    const touched = new Set<PairState>();
    const problems = new Map<string, LatencyProblem>();
    const heardAt = new Map(
      reading.heard.map(({ cluster, at }) => [cluster, at]),
    );
    let hasNews = false;
    for (const series of reading.series) {
      const pair = this.claim(source, series, now, problems);
      if (!pair) continue;
      touched.add(pair);
      pair.missed = 0;
      if (!pair.linked) hasNews = true;
      pair.linked = true;
      seal(pair, now);
      if (applySeries(pair, series, now)) this.rivalsAt.set(source.id, now);
      const at = Math.min(heardAt.get(pair.from) ?? now, now);
      const changed = judgePair(pair, {
        now: at,
        readMs: source.intervalMs,
        thresholds: this.options.findThresholds(pair),
      });
      hasNews ||= changed;
    }
    for (const pair of this.pairs.values()) {
      if (pair.sourceId !== source.id || touched.has(pair)) continue;
      if (!pair.linked || !heardAt.has(pair.from)) continue;
      pair.missed += 1;
      if (pair.missed < MISSED_UNTIL_UNLINKED) continue;
      pair.linked = false;
      pair.counters = undefined;
      touched.add(pair);
      hasNews = true;
    }
    // They answer in turn, so not each reading has one.
    const rivalAt = this.rivalsAt.get(source.id) ?? -Infinity;
    if (Math.abs(now - rivalAt) <= RIVAL_MS) {
      problems.set('rivals', {
        code: 'latency-probes-in-turn',
        message: `Several probes answer in turn at the address of ${source.label}; one of them is counted. Give each source cluster one probe.`,
      });
    }
    return { pairs: [...touched], hasNews, problems: [...problems.values()] };
  }

  /** The link, where this source is the one that counts for it. */
  private claim(
    source: BookSource,
    { from, to }: { from: string; to: string },
    now: number,
    problems: Map<string, LatencyProblem>,
  ): PairState | undefined {
    const key = pairKey(from, to);
    const known = this.pairs.get(key);
    if (!known) {
      if (this.pairs.size >= MOST_PAIRS) {
        problems.set('most', {
          code: 'latency-too-many-links',
          message: `More than ${MOST_PAIRS} links are measured; those of ${source.label} beyond that were left out`,
        });
        return undefined;
      }
      const pair = createPair({ from, to, sourceId: source.id }, now);
      this.pairs.set(key, pair);
      return pair;
    }
    if (known.sourceId === source.id) return known;
    const owner = this.options.sources.get(known.sourceId);
    if (owner && owner.ordinal < source.ordinal && known.linked) {
      problems.set(from, {
        code: 'latency-source-claimed-twice',
        message: `Links from ${from} are measured by ${owner.label} and by ${source.label}; what ${owner.label} says counts. Leave one of them out of groundControl.latency.sources.`,
      });
      return undefined;
    }
    known.sourceId = source.id;
    known.counters = undefined;
    return known;
  }
}

/** Hands the hours that are over to be packed; they are held a little longer. */
export function seal(pair: PairState, now: number): void {
  const hour = floorTo(now, HOUR_MS);
  if (pair.sealedUntil >= hour) return;
  for (const slot of pair.fives) {
    if (slot.start >= pair.sealedUntil && slot.start < hour) {
      pair.unpacked.push({ ...slot, counts: slot.counts.slice() });
    }
  }
  pair.sealedUntil = hour;
}
