import { MOST_BOUNDS } from '../../histogram/internBounds';

/**
 * Makes counts of buckets from a classic histogram, whose buckets each hold
 * what is below them as well.
 *
 * @param buckets - by upper bound in seconds, infinity among them
 * @param total - of all answers; stands in for a missing last bucket
 * @returns what is wrong with it, in words that follow "which", where it can't
 * be used
 */
export function buildHistogram(
  buckets: ReadonlyMap<number, number>,
  total: number | undefined,
): { bounds: number[]; counts: number[] } | { fault: string } {
  const all = buckets.get(Infinity) ?? total;
  if (all === undefined) return { fault: 'has no last bucket (+Inf)' };
  const bounds = [...buckets.keys()]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (bounds.length > MOST_BOUNDS) {
    return { fault: `has more than ${MOST_BOUNDS} buckets` };
  }
  const counts: number[] = [];
  let below = 0;
  for (const value of [...bounds.map(bound => buckets.get(bound)!), all]) {
    if (value < below) {
      return { fault: 'has a bucket that holds less than the one below it' };
    }
    counts.push(value - below);
    below = value;
  }
  return { bounds, counts };
}
