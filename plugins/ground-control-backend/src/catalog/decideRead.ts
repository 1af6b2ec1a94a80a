/** What is known of earlier reads of the catalog; times in milliseconds. */
export interface ReadHistory {
  startedAt: number;
  /** When the last read began, successful or not. */
  lastReadAt?: number;
  /** The last two complete reads found the same, and services among it. */
  settled: boolean;
}

/** A catalog that is just being filled is asked this often. */
export const EAGER_MS = 2_000;
/** Then it has what it has, or is not to be had. */
const EAGER_FOR_MS = 3 * 60_000;

/**
 * Whether it is time to read the catalog. A portal that starts fills its
 * catalog while we start: asking once a minute from the first second on would
 * leave everybody without a squad for that minute.
 */
export function decideRead(
  history: ReadHistory,
  options: { now: number; intervalMs: number },
): boolean {
  const { startedAt, lastReadAt, settled } = history;
  if (lastReadAt === undefined) return true;
  const eager = !settled && options.now - startedAt < EAGER_FOR_MS;
  const wait = eager
    ? Math.min(EAGER_MS, options.intervalMs)
    : options.intervalMs;
  // Timers may be early by a moment; a whole turn must not be lost for it.
  return options.now - lastReadAt >= wait - 100;
}
