import { setTimeout as rest } from 'node:timers/promises';

/** Waits for what has to come; throws with what it last saw. */
export async function until<T>(
  look: () => T | Promise<T>,
  isThere: (seen: T) => unknown = Boolean,
  limitMs = 90_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (Date.now() > end) {
      throw new Error(`It did not come; last seen: ${JSON.stringify(seen)}`);
    }
    await rest(10);
  }
}
