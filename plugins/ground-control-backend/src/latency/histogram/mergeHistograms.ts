import { Histogram } from './types';

function coarsen(histogram: Histogram, bounds: readonly number[]): number[] {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  let at = 0;
  for (const [i, count] of histogram.counts.entries()) {
    const bound = histogram.bounds[i] ?? Infinity;
    while (at < bounds.length && bounds[at] < bound) at += 1;
    counts[at] += count;
  }
  return counts;
}

/** The same as addition of numbers, where the bounds are the same. */
function add(into: number[], counts: readonly number[]) {
  for (let i = 0; i < into.length; i += 1) into[i] += counts[i];
}

/**
 * Adds histograms up without losing what percentiles need. Where their bounds
 * differ, what they have in common is kept: a count can be moved to a wider
 * bucket and never to a narrower one.
 */
export function mergeHistograms(
  histograms: readonly Histogram[],
): Histogram | undefined {
  if (histograms.length === 0) return undefined;
  let { bounds } = histograms[0];
  let counts = histograms[0].counts.slice();
  for (let i = 1; i < histograms.length; i += 1) {
    const next = histograms[i];
    if (next.bounds === bounds) {
      add(counts, next.counts);
      continue;
    }
    const theirs = new Set(next.bounds);
    const common = bounds.filter(bound => theirs.has(bound));
    counts = coarsen({ bounds, counts }, common);
    bounds = common;
    add(counts, coarsen(next, common));
  }
  return { bounds, counts };
}
