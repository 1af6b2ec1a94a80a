import { decideBaselines } from '../decide/decideBaselines';
import { Slot } from '../histogram/types';
import { DAY_MS } from '../times';
import { sumUp } from './addToSlots';
import { Summary } from './types';

/** As far back as a summary looks. */
export const SUMMARY_MS = 7 * DAY_MS;

/**
 * Sums up the days of a link.
 *
 * @param slots - of five minutes, ascending; those from `until` on are left out
 * @param baselineMs - of how much time there must be samples for a baseline
 */
export function summarize(
  slots: readonly Slot[],
  { until, baselineMs }: { until: number; baselineMs: number },
): Summary {
  const week = slots.filter(
    ({ start }) => start >= until - SUMMARY_MS && start < until,
  );
  return {
    until,
    day: sumUp(week.filter(({ start }) => start >= until - DAY_MS)),
    week: sumUp(week),
    baselines: decideBaselines(week, baselineMs),
    slots: week.length,
  };
}
