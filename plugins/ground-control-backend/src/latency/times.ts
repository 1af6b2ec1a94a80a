export const MINUTE_MS = 60_000;
export const FIVE_MS = 5 * MINUTE_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The beginning of the span of that length that a moment lies in. */
export function floorTo(at: number, lengthMs: number): number {
  return Math.floor(at / lengthMs) * lengthMs;
}
