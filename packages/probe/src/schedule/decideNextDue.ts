export interface DueOptions {
  /** When the last one was due. */
  lastDue: number;
  now: number;
  intervalMs: number;
  /** The share of the interval that chance may shorten it by. */
  jitter: number;
  /** From 0 to 1. */
  chance: number;
}

/**
 * When the next probe is due, and how many were missed meanwhile: after a
 * standstill they aren't made up for, which would pile them up. Chance only
 * shortens, so that a dead target is seen within one interval, always.
 */
export function decideNextDue({
  lastDue,
  now,
  intervalMs,
  jitter,
  chance,
}: DueOptions): { dueAt: number; missed: number } {
  const dueAt = lastDue + intervalMs * (1 - jitter * chance);
  if (dueAt > now) return { dueAt, missed: 0 };
  const missed = Math.floor((now - dueAt) / intervalMs) + 1;
  return { dueAt: dueAt + missed * intervalMs, missed };
}
