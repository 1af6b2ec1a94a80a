import { Baseline, Baselines } from '../book/types';
import { findQuantile } from '../histogram/findQuantile';
import { mergeHistograms } from '../histogram/mergeHistograms';
import { PERCENTILES } from '../histogram/percentiles';
import { Slot } from '../histogram/types';
import { FIVE_MS } from '../times';

/** Five minutes that lost more aren't what is usual. */
const MOST_LOSS = 0.05;

function pick(sorted: number[], part: number): number {
  return sorted[Math.round((sorted.length - 1) * part)];
}

/** The percentile of each five minutes, or of as many together as it needs. */
function listValues(slots: Slot[], percentile: number): number[] {
  const { quantile, needed } = PERCENTILES[percentile];
  const values: number[] = [];
  let gathered: Slot[] = [];
  let ok = 0;
  for (const slot of slots) {
    gathered.push(slot);
    ok += slot.ok;
    if (ok < needed) continue;
    const histogram = gathered.length === 1 ? slot : mergeHistograms(gathered);
    const found = findQuantile(histogram!, quantile);
    if (found) values.push(found.value * 1_000);
    gathered = [];
    ok = 0;
  }
  return values;
}

/**
 * What is usual for a link: for each percentile the median of the five minutes
 * of the last seven days, those with loss left out.
 *
 * @param slots - of five minutes, ascending
 * @param leastMs - of how much time there must be samples
 */
export function decideBaselines(
  slots: readonly Slot[],
  leastMs: number,
): Baselines {
  const usual = slots.filter(
    ({ ok, failed }) => ok > 0 && failed <= MOST_LOSS * (ok + failed),
  );
  if (usual.length * FIVE_MS < leastMs) return PERCENTILES.map(() => null);
  return PERCENTILES.map((_, i): Baseline | null => {
    const values = listValues(usual, i).sort((a, b) => a - b);
    if (values.length === 0) return null;
    return {
      low: pick(values, 0.25),
      median: pick(values, 0.5),
      high: pick(values, 0.75),
    };
  });
}
