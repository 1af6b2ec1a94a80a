import { decideLoss } from '../decide/decideLoss';
import { decideSlowness } from '../decide/decideSlowness';
import { judgeLink } from '../decide/judgeLink';
import { Thresholds } from '../decide/thresholds';
import { FIVE_MS, floorTo, MINUTE_MS } from '../times';
import { Level, PairState } from './types';

/**
 * Brings the state of a link to what its samples say.
 *
 * @param options - `now`: when its source was heard of
 * @returns whether the state is another
 */
export function judgePair(
  pair: PairState,
  options: { now: number; readMs: number; thresholds: Thresholds },
): boolean {
  const { now, readMs, thresholds } = options;
  const minute = floorTo(now, MINUTE_MS);
  // Once for each minute: the windows end with the last whole one.
  if (minute !== pair.judgedAt) {
    pair.judgedAt = minute;
    pair.slowness = decideSlowness({
      minutes: pair.minutes,
      baselines: pair.summary.baselines,
      thresholds,
      before: pair.slowness,
      now,
    });
  }
  pair.loss = decideLoss({
    minutes: pair.minutes,
    fives: pair.fives,
    thresholds,
    before: pair.loss,
    now,
  });
  const recent = { ok: 0, failed: 0 };
  for (const { start, ok, failed } of pair.minutes) {
    if (start < minute - FIVE_MS) continue;
    recent.ok += ok;
    recent.failed += failed;
  }
  const { state, code } = judgeLink({
    now,
    readMs,
    intervalMs: pair.intervalMs,
    everSampled: pair.sampledAt !== undefined || pair.hasCounted,
    lastSuccessAt: pair.lastSuccessAt,
    alive: pair.alive,
    hasCounted: pair.hasCounted,
    lostInRow: pair.lostInRow,
    recent,
    loss: pair.loss.level,
    slowness: Math.max(0, ...pair.slowness) as Level,
    hasBaseline: pair.summary.baselines.some(Boolean),
  });
  pair.code = code;
  if (state === pair.state) return false;
  pair.state = state;
  pair.since = now;
  return true;
}
