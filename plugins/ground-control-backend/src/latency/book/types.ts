import {
  LinkCode,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Histogram, Slot } from '../histogram/types';

/** What counters said at a moment. */
export interface Counters extends Histogram {
  at: number;
  startedAt?: number;
  counter: string;
  ok: number;
  failed: number;
}

/** What was counted between two moments. */
export interface Delta extends Histogram {
  /** The middle of them. */
  at: number;
  ok: number;
  failed: number;
}

/** A sum over many slots. */
export interface Sum extends Histogram {
  ok: number;
  failed: number;
}

/** What is usual, in milliseconds; between low and high lies the middle half. */
export type Baseline = { low: number; median: number; high: number };

/** By percentile, p50 first; null where there isn't enough. */
export type Baselines = Array<Baseline | null>;

/** What was summed up of the days before. */
export interface Summary {
  /** All before it is summed up; later slots are held beside. */
  until: number;
  /** The 24 hours before; undefined without samples. */
  day?: Sum;
  /** The 7 days before. */
  week?: Sum;
  baselines: Baselines;
  /** Slots of five minutes with samples in the 7 days. */
  slots: number;
}

/** How slow a link is against its baseline, or how lossy: 2 is the worst. */
export type Level = 0 | 1 | 2;

/** What is said of a link's loss. */
export interface Loss {
  level: Level;
  /** What was lost before it is over; milliseconds since 1970. */
  from: number;
}

/** What is held of a link by the process that reads the sources. */
export interface PairState {
  from: string;
  to: string;
  sourceId: string;
  probe: string;
  intervalMs?: number;
  lossAtLeast: boolean;
  fromProvider?: string;
  toProvider?: string;
  /** Not known to its source any more since so many readings. */
  missed: number;
  linked: boolean;

  /** The last counters; undefined before the first, and after a restart. */
  counters?: Counters;
  /** Points before it have been counted. */
  countedAt: number;
  /** The last 20 minutes, ascending. */
  minutes: Slot[];
  /** Five minutes each: of this hour and the one before, ascending. */
  fives: Slot[];
  /** All hours before it are packed into days. */
  sealedUntil: number;
  /** To be added to packed days. */
  unpacked: Slot[];
  summary: Summary;

  /** When a probe was last counted, answered or lost. */
  sampledAt?: number;
  lastSuccessAt?: number;
  alive?: boolean;
  /** The present counters have counted a probe. */
  hasCounted: boolean;
  /** Probes lost since the last that was answered. */
  lostInRow: number;

  /** By percentile, p50 first. */
  slowness: Level[];
  loss: Loss;
  /** The minute that slowness was last judged in. */
  judgedAt: number;
  state: LinkState;
  code: LinkCode;
  since: number;
}
