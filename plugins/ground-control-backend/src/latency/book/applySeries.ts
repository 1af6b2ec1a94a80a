import {
  LatencyPoint,
  LatencySeries,
} from '@ground-control/backstage-plugin-ground-control-node';
import { internBounds } from '../histogram/internBounds';
import { DAY_MS, FIVE_MS, floorTo, HOUR_MS, MINUTE_MS } from '../times';
import { addToSlots } from './addToSlots';
import { countDelta, isRival } from './countDelta';
import { Counters, Delta, PairState } from './types';

/** Slowness looks at twice ten minutes. */
const MINUTES_KEPT_MS = 20 * MINUTE_MS;
/** Packed days older than that are hours by now, or gone. */
export const PAST_MS = 8 * DAY_MS;
/** A moment that lies further ahead was written by a clock that was off. */
const MOST_AHEAD_MS = MINUTE_MS;

function toCounters(series: LatencySeries, point: LatencyPoint): Counters {
  const { at, startedAt, ok, failed } = point;
  const bounds = internBounds(series.bounds);
  const counts = point.counts.slice(0, bounds.length + 1);
  return {
    at,
    startedAt,
    counter: series.counter ?? '',
    ok,
    failed,
    bounds,
    counts,
  };
}

function toDelta(
  pair: PairState,
  series: LatencySeries,
  next: Counters,
): Delta | undefined {
  if (series.counting === 'running') {
    return countDelta(pair.counters, next, series.intervalMs);
  }
  const { at, ok, failed, bounds, counts } = next;
  return { at, ok, failed, bounds, counts };
}

function count(pair: PairState, delta: Delta, now: number) {
  if (delta.ok + delta.failed === 0) return;
  const at = Math.min(delta.at, now);
  const hour = floorTo(now, HOUR_MS);
  const minute = floorTo(at, MINUTE_MS);
  if (minute >= now - MINUTES_KEPT_MS) addToSlots(pair.minutes, minute, delta);
  const five = floorTo(at, FIVE_MS);
  if (five >= hour - HOUR_MS) addToSlots(pair.fives, five, delta);
  if (five < pair.sealedUntil && five >= now - PAST_MS) {
    addToSlots(pair.unpacked, five, delta);
  }
}

function noteLosses(pair: PairState, delta: Delta, point: LatencyPoint) {
  if (delta.ok > 0) {
    // In what order they came isn't known; whether the last was lost may be.
    pair.lostInRow = point.lastOk === false && delta.failed > 0 ? 1 : 0;
    pair.lastSuccessAt = Math.max(
      pair.lastSuccessAt ?? 0,
      point.lastSuccessAt ?? point.at,
    );
  } else {
    pair.lostInRow += delta.failed;
    if (point.lastSuccessAt !== undefined) {
      pair.lastSuccessAt = point.lastSuccessAt;
    }
  }
  if (delta.ok + delta.failed > 0) {
    pair.sampledAt = Math.max(pair.sampledAt ?? 0, point.at);
  }
}

/**
 * Counts what a source says of a link. What was counted before, or comes late,
 * isn't counted again.
 *
 * @returns whether another probe answered than the one that is counted
 */
export function applySeries(
  pair: PairState,
  series: LatencySeries,
  now: number,
): boolean {
  pair.probe = series.probe;
  pair.intervalMs = series.intervalMs;
  pair.lossAtLeast = series.lossAtLeast;
  if (series.fromProvider) pair.fromProvider = series.fromProvider;
  if (series.toProvider) pair.toProvider = series.toProvider;
  if (pair.countedAt > now + MOST_AHEAD_MS) pair.countedAt = now;
  if (pair.counters && pair.counters.at > now + MOST_AHEAD_MS) {
    pair.counters = undefined;
  }
  let hasRival = false;
  for (const point of series.points) {
    if (pair.counters && point.at <= pair.counters.at) continue;
    const next = toCounters(series, point);
    if (series.counting === 'running' && isRival(pair.counters, next)) {
      hasRival = true;
      // It does say that the link answers.
      if (point.lastSuccessAt !== undefined) {
        pair.lastSuccessAt = Math.max(
          pair.lastSuccessAt ?? 0,
          point.lastSuccessAt,
        );
      }
      continue;
    }
    const delta = toDelta(pair, series, next);
    pair.counters = next;
    pair.hasCounted = next.ok + next.failed > 0;
    pair.alive = point.alive;
    if (point.at <= pair.countedAt) continue;
    pair.countedAt = point.at;
    if (!delta) {
      // Some were counted, and nobody can say when: it isn't a new link.
      if (pair.hasCounted) {
        pair.lastSuccessAt ??= point.lastSuccessAt;
      }
      continue;
    }
    count(pair, delta, now);
    noteLosses(pair, delta, point);
  }
  prune(pair, now);
  return hasRival;
}

function prune(pair: PairState, now: number) {
  const oldestMinute = now - MINUTES_KEPT_MS - MINUTE_MS;
  const oldestFive = floorTo(now, HOUR_MS) - HOUR_MS;
  dropBefore(pair.minutes, oldestMinute);
  // What isn't packed yet is needed for that.
  dropBefore(pair.fives, Math.min(oldestFive, pair.sealedUntil));
}

function dropBefore(slots: Array<{ start: number }>, oldest: number) {
  let stale = 0;
  while (stale < slots.length && slots[stale].start < oldest) stale += 1;
  if (stale > 0) slots.splice(0, stale);
}
