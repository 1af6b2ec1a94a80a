interface UntilOptions {
  /** What is waited for, in words; the condition itself by default. */
  what?: string;
  /** What there is instead, for the error. */
  seen?: () => unknown;
  /** 90 seconds by default. */
  ms?: number;
  /** 20 ms by default; more where a look costs much. */
  intervalMs?: number;
}

type Nothing = undefined | null | false | 0 | '';

/**
 * Looks until there is something, and throws when it doesn't come.
 *
 * @returns what was seen
 */
export async function until<T>(
  look: () => Promise<T> | T,
  options: UntilOptions = {},
): Promise<Exclude<T, Nothing>> {
  const { what = String(look), seen, ms = 90_000, intervalMs = 20 } = options;
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<T, Nothing>;
    if (Date.now() > deadline) {
      const instead = seen ? `, but ${formatSeen(await seen())}` : '';
      throw new Error(`It did not come: ${what}${instead}`);
    }
    await new Promise(resolve => setTimeout(resolve, intervalMs));
  }
}

function formatSeen(seen: unknown): string {
  return typeof seen === 'string' ? seen : JSON.stringify(seen);
}
