import type { Outcome } from '../types.ts';

/**
 * - `whole`: counted, with its duration
 * - `result`: counted, without its duration, which isn't the link's
 * - `none`: not counted; it says nothing about the link
 */
export type Trust = 'whole' | 'result' | 'none';

/** Less than this is lost in what a network does by itself. */
const LEAST_MS = 10;
const SHARE = 0.1;

/** What an outcome is worth when the process stood still meanwhile. */
export function decideTrust(
  outcome: Outcome,
  deadlineMs: number,
  stalledMs: number,
): Trust {
  if (outcome.result === 'success') {
    const limit = Math.max(LEAST_MS, SHARE * outcome.durationMs);
    return stalledMs > limit ? 'result' : 'whole';
  }
  // Who says no says no at any speed; who is silent may not have been heard.
  const isSilence = outcome.elapsedMs >= deadlineMs;
  return isSilence && stalledMs > SHARE * deadlineMs ? 'none' : 'whole';
}
