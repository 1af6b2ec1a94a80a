import { LatencyWindow } from '@ground-control/backstage-plugin-ground-control-common';
import { PairState, Sum } from '../book/types';
import { FIVE_MS, floorTo, HOUR_MS, MINUTE_MS } from '../times';
import { computeWindow, WindowNumbers } from './computeWindow';

/**
 * All windows of a link. They begin with a whole span, so each is a little
 * longer than it is called, and never shorter.
 */
export function computeWindows(
  pair: Pick<PairState, 'minutes' | 'fives' | 'summary'>,
  now: number,
): Record<LatencyWindow, WindowNumbers> {
  const { minutes, fives, summary } = pair;
  const sinceMinute = floorTo(now, MINUTE_MS) - FIVE_MS;
  const sinceFive = floorTo(now, FIVE_MS) - HOUR_MS;
  const later = fives.filter(({ start }) => start >= summary.until);
  const withLater = (sum: Sum | undefined) => (sum ? [sum, ...later] : later);
  return {
    '5m': computeWindow(minutes.filter(({ start }) => start >= sinceMinute)),
    '1h': computeWindow(fives.filter(({ start }) => start >= sinceFive)),
    '24h': computeWindow(withLater(summary.day)),
    '7d': computeWindow(withLater(summary.week)),
  };
}
