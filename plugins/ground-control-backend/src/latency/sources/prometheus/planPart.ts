const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** So fine as long as only the last is missing. */
const LIVE_MS = HOUR_MS;
const LIVE_STEP_MS = 15_000;
/** What is kept of the past. */
const PAST_STEP_MS = 5 * MINUTE_MS;
/** 144 points of each series. */
export const LONGEST_PART_MS = 12 * HOUR_MS;
export const SHORTEST_PART_MS = 15 * MINUTE_MS;

/** What is asked for at once, in milliseconds since 1970. */
export interface Part {
  start: number;
  end: number;
  step: number;
  /** There is more behind it. */
  more: boolean;
}

/**
 * Cuts what is missing into parts: the past in five minutes and large pieces,
 * the last hour finely. Steps are whole multiples, so that the same moments are
 * asked for again and again.
 *
 * @param options - `since`: everything before is known
 * @returns undefined while there is nothing new
 */
export function planPart(options: {
  since: number;
  now: number;
  intervalMs: number;
  partMs: number;
}): Part | undefined {
  const { since, now, intervalMs, partMs } = options;
  const liveStep = Math.max(
    LIVE_STEP_MS,
    Math.min(Math.floor(intervalMs / LIVE_STEP_MS) * LIVE_STEP_MS, MINUTE_MS),
  );
  const isPast = now - since > LIVE_MS + PAST_STEP_MS;
  const step = isPast ? PAST_STEP_MS : liveStep;
  const floor = (at: number) => Math.floor(at / step) * step;
  const start = floor(since);
  const last = floor(isPast ? now - LIVE_MS : now);
  const end = Math.min(last, start + Math.max(floor(partMs), step));
  if (end <= since) return undefined;
  return { start, end, step, more: isPast || end < last };
}
