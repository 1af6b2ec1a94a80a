/** More would be an attack on our memory, or native histograms. */
export const MOST_BOUNDS = 200;
const MOST_KNOWN = 1_000;
const MICRO = 1e6;

const known = new Map<string, readonly number[]>();

/**
 * Gives equal bounds as one object, so that they are compared at once, and
 * rounds them to microseconds, as they are packed.
 */
export function internBounds(bounds: readonly number[]): readonly number[] {
  const micros = [
    ...new Set(bounds.map(bound => Math.round(bound * MICRO))),
  ].filter(bound => bound > 0 && Number.isSafeInteger(bound));
  micros.sort((a, b) => a - b);
  const key = micros.join();
  const before = known.get(key);
  if (before) return before;
  const interned = Object.freeze(micros.map(bound => bound / MICRO));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, interned);
  return interned;
}
