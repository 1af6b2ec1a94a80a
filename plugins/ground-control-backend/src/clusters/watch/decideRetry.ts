import { decideDelay } from '../../lib/decideDelay';
import { KubeFault } from '../kube';
import { WatchTimings } from './timings';

/** How an attempt to follow a kind ended. */
export type Attempt =
  /** The server ended the watch, or it was silent for long. */
  | { kind: 'closed'; livedMs: number }
  /** Nothing can be resumed from: it has to be listed anew. */
  | { kind: 'gone'; livedMs: number }
  | { kind: 'absent' }
  | { kind: 'fault'; fault: KubeFault; livedMs: number };

/** What went wrong in a row, until a watch holds for a while. */
export interface Streak {
  faults: number;
  shortWatches: number;
  relists: number;
}

export const NO_STREAK: Streak = { faults: 0, shortWatches: 0, relists: 0 };

export interface Retry {
  streak: Streak;
  delayMs: number;
  /** Whether the next attempt begins with a list. */
  relist: boolean;
}

/**
 * When a kind is tried again, and how. A watch that ends is resumed where it
 * stood; one that can't be is listed anew, at once the first time and ever
 * later after that, so that a server that ends every watch as too old costs a
 * list a minute and not one a second.
 *
 * @param options - `chance` is from 0 to 1
 */
export function decideRetry(options: {
  attempt: Attempt;
  streak: Streak;
  timings: WatchTimings;
  chance: number;
}): Retry {
  const { attempt, timings, chance } = options;
  const isSteady = 'livedMs' in attempt && attempt.livedMs >= timings.steadyMs;
  const streak = isSteady ? NO_STREAK : options.streak;
  switch (attempt.kind) {
    case 'closed': {
      if (isSteady) return { streak, delayMs: 0, relist: false };
      const shortWatches = streak.shortWatches + 1;
      return {
        streak: { ...streak, faults: 0, shortWatches },
        delayMs: decideDelay({
          intervalMs: timings.reopenMs,
          maxBackoffMs: timings.reopenMaxMs,
          failures: shortWatches,
          chance,
        }),
        relist: false,
      };
    }
    case 'gone': {
      const relists = streak.relists + 1;
      return {
        streak: { ...streak, relists },
        delayMs:
          relists === 1
            ? 0
            : decideDelay({
                intervalMs: timings.relistMs,
                maxBackoffMs: timings.relistMaxMs,
                failures: relists - 1,
                chance,
              }),
        relist: true,
      };
    }
    case 'absent':
      return { streak: NO_STREAK, delayMs: timings.absentMs, relist: true };
    default: {
      const { fault } = attempt;
      const faults = streak.faults + 1;
      const backoff = decideDelay({
        intervalMs: timings.retryMs,
        maxBackoffMs: timings.retryMaxMs,
        failures: faults,
        chance,
      });
      return {
        streak: { ...streak, faults },
        delayMs: Math.max(
          // Rights don't change by asking for them.
          fault.kind === 'forbidden' ? timings.absentMs : backoff,
          fault.retryAfterMs ?? 0,
        ),
        // What was missed while it hung can't be known from where it stood.
        relist: fault.kind === 'timed-out' || fault.kind === 'malformed',
      };
    }
  }
}
