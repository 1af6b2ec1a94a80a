import { Histogram } from './types';

/** A value wider than this part of it is said to be approximate. */
const COARSE = 0.15;

/** A quantile, and the bucket that it lies in; all in seconds. */
export interface Quantile {
  value: number;
  low: number;
  /** Infinity above the last bound. */
  high: number;
  /** The bucket is wide for the value: all that is sure is the bucket. */
  approximate: boolean;
}

/**
 * The quantile as Prometheus's `histogram_quantile` gives it: the values of a
 * bucket are taken to be spread evenly over it, and what lies above the last
 * bound counts as the last bound.
 *
 * @param q - 0 to 1
 * @returns undefined without a value, or without a bound
 */
export function findQuantile(
  histogram: Histogram,
  q: number,
): Quantile | undefined {
  const { bounds, counts } = histogram;
  let total = 0;
  for (const count of counts) total += count;
  if (total === 0 || bounds.length === 0) return undefined;
  const rank = q * total;
  let below = 0;
  for (let i = 0; i < bounds.length; i += 1) {
    const count = counts[i];
    if (count > 0 && below + count >= rank) {
      const low = i === 0 ? 0 : bounds[i - 1];
      const high = bounds[i];
      const value = low + ((high - low) * (rank - below)) / count;
      return { value, low, high, approximate: high - low > COARSE * value };
    }
    below += count;
  }
  const last = bounds[bounds.length - 1];
  return { value: last, low: last, high: Infinity, approximate: true };
}
