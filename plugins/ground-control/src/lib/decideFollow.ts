import {
  ChangeSignal,
  concernsReader,
} from '@ground-control/backstage-plugin-ground-control-common';

/** How long data is shown before it is asked for again. */
export const POLL_MS = 30_000;
/**
 * The same after the first answer: the channel of signals takes seconds to open
 * when the backend has just started, and what it would have told is lost.
 */
export const FIRST_POLL_MS = 8_000;
/** Signals that follow each other faster than this make one request. */
const GATHER_MS = 1_000;
/** The first signal after a while: long enough for one change to be written whole. */
const FIRST_MS = 100;
/** The same where all squads are shown: those whose change it is ask before. */
const FIRST_OF_ALL_MS = 250;
/** Over how long those ask who all hear of the config repository. */
const SPREAD_MS = 1_700;
const SPREAD: ChangeSignal['kind'][] = ['commits', 'repository'];

/** What an open page shows. */
export interface Shown {
  /** What the answer depends on; absent for all. */
  kinds?: ChangeSignal['kind'][];
  /** Whose services the answer is of; absent for all. */
  marks?: string[];
  /** When it was asked for, in milliseconds since 1970. */
  askedAt: number;
}

/**
 * How many milliseconds after a signal a page asks anew; undefined where the
 * signal doesn't concern it.
 *
 * @param chance - from 0 to 1, another for each page
 */
export function decideFollow(
  signal: ChangeSignal,
  shown: Shown,
  now: number,
  chance: number,
): number | undefined {
  if (!concernsReader(signal, shown.kinds, shown.marks)) return undefined;
  const rest = Math.min(GATHER_MS, shown.askedAt + GATHER_MS - now);
  const spread = SPREAD.includes(signal.kind) ? chance * SPREAD_MS : 0;
  const first = signal.marks && !shown.marks ? FIRST_OF_ALL_MS : FIRST_MS;
  return Math.max(first, rest, spread);
}
