import {
  LatencyPercentile,
  LinkPoint,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Baselines } from '../book/types';
import { findQuantile } from '../histogram/findQuantile';
import { mergeHistograms } from '../histogram/mergeHistograms';
import { PERCENTILES } from '../histogram/percentiles';
import { Slot } from '../histogram/types';

/** A percentile of more spans together would say too little of the last. */
export const MOST_SPANS = 12;

/** The percentile of a span, together with as many before it as it needs. */
function findValue(
  slots: readonly Slot[],
  at: number,
  { quantile, needed, since }: (typeof PERCENTILES)[number] & { since: number },
): number | null {
  // Nothing was answered: what was so before isn't so now.
  if (slots[at].ok === 0) return null;
  const gathered: Slot[] = [];
  let ok = 0;
  for (let i = at; ok < needed; i -= 1) {
    const slot = slots[i];
    if (!slot || slot.start < since) return null;
    gathered.push(slot);
    ok += slot.ok;
  }
  const found = findQuantile(
    gathered.length === 1 ? gathered[0] : mergeHistograms(gathered)!,
    quantile,
  );
  return found ? Math.round(found.value * 100_000) / 100 : null;
}

/**
 * The points of a chart.
 *
 * @param slots - each of a step, ascending; those before `since` are only
 * looked back at
 */
export function buildPoints(
  slots: readonly Slot[],
  options: {
    since: number;
    stepMs: number;
    baselines: Baselines;
    percentile: LatencyPercentile;
  },
): LinkPoint[] {
  const { since, stepMs, baselines, percentile } = options;
  const baseline =
    baselines[PERCENTILES.findIndex(({ name }) => name === percentile)];
  return slots.flatMap((slot, at): LinkPoint[] => {
    if (slot.start < since) return [];
    const earliest = slot.start - (MOST_SPANS - 1) * stepMs;
    const [p50, p95, p99] = PERCENTILES.map(one =>
      findValue(slots, at, { ...one, since: earliest }),
    );
    return [
      {
        at: new Date(slot.start).toISOString(),
        p50,
        p95,
        p99,
        baselineLow: baseline?.low ?? null,
        baselineHigh: baseline?.high ?? null,
        samples: slot.ok + slot.failed,
        failures: slot.failed,
      },
    ];
  });
}
