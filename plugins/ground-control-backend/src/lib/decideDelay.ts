/**
 * How long a loop waits before its next round: its interval after a success,
 * and after failures a time that doubles up to a limit. Up to a fifth is
 * taken off by chance, so that replicas that failed together don't return
 * together.
 */
export function decideDelay(options: {
  intervalMs: number;
  maxBackoffMs: number;
  /** After the first failure; the interval by default. */
  retryMs?: number;
  /** Rounds that failed in a row. */
  failures: number;
  /** From 0 to 1. */
  chance: number;
}): number {
  const { intervalMs, maxBackoffMs, failures, chance } = options;
  if (failures === 0) return intervalMs;
  const { retryMs = intervalMs } = options;
  const grown = retryMs * 2 ** Math.min(failures - 1, 20);
  const limited = Math.min(grown, Math.max(maxBackoffMs, retryMs));
  return Math.round(limited * (1 - 0.2 * chance));
}
