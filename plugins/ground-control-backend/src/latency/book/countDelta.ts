import { Counters, Delta } from './types';

/** Over a longer gap nobody could say when what was counted happened. */
export const LONGEST_GAP_MS = 10 * 60_000;
/** Clocks of a process's start and of ours aren't the same. */
const SLACK_MS = 1_000;
/** What is said of the same start differs by as much: clocks are set right. */
const SAME_START_MS = 5_000;
/** One that wasn't heard of for longer is gone; another takes its place. */
export const RIVAL_MS = 60_000;
/** More than that can't have been probed since. */
const MOST_AT_ONCE = 20;

function subtract(before: Counters, next: Counters): Delta {
  return {
    at: (before.at + next.at) / 2,
    ok: next.ok - before.ok,
    failed: next.failed - before.failed,
    bounds: next.bounds,
    counts: next.counts.map((count, i) => count - before.counts[i]),
  };
}

/** All that new counters say happened since they began. */
function takeWhole(
  next: Counters,
  since: number,
  intervalMs: number | undefined,
): Delta | undefined {
  const { ok, failed, bounds, counts, at } = next;
  const most = intervalMs
    ? ((at - since) / intervalMs) * 2 + MOST_AT_ONCE
    : Infinity;
  if (ok + failed > most) return undefined;
  return { at: (since + at) / 2, ok, failed, bounds, counts };
}

function isLess(next: Counters, before: Counters): boolean {
  return (
    next.ok < before.ok ||
    next.failed < before.failed ||
    next.counts.some((count, i) => count < before.counts[i])
  );
}

function hasRestarted(before: Counters, { startedAt }: Counters): boolean {
  return startedAt !== undefined && startedAt > before.at - SLACK_MS;
}

function isSameStart(before: Counters, next: Counters): boolean {
  const { startedAt } = next;
  if (startedAt === undefined || before.startedAt === undefined) {
    return startedAt === before.startedAt;
  }
  return Math.abs(startedAt - before.startedAt) <= SAME_START_MS;
}

/**
 * Whether these are of another process than the one that is counted, and that
 * one is still there: several answer at the same address in turn. The one that
 * began first is counted; of those that began together the one that has counted
 * more.
 */
export function isRival(before: Counters | undefined, next: Counters): boolean {
  if (before?.startedAt === undefined || next.startedAt === undefined) {
    return false;
  }
  if (next.at - before.at > RIVAL_MS || hasRestarted(before, next)) {
    return false;
  }
  return isSameStart(before, next)
    ? next.bounds === before.bounds && isLess(next, before)
    : next.startedAt > before.startedAt;
}

/**
 * What was counted from one look at running counters to the next. Counters that
 * began anew count from zero.
 *
 * @returns undefined where that can't be told: it is counted from here on
 */
export function countDelta(
  before: Counters | undefined,
  next: Counters,
  intervalMs: number | undefined,
): Delta | undefined {
  const { startedAt } = next;
  if (!before) {
    const isNew =
      startedAt !== undefined && next.at - startedAt < LONGEST_GAP_MS;
    return isNew ? takeWhole(next, startedAt, intervalMs) : undefined;
  }
  if (next.at - before.at > LONGEST_GAP_MS) return undefined;
  if (hasRestarted(before, next)) {
    return takeWhole(next, before.at, intervalMs);
  }
  // Another process's counters, or other buckets of the same: not a span.
  if (
    next.counter !== before.counter ||
    next.bounds !== before.bounds ||
    !isSameStart(before, next)
  ) {
    return undefined;
  }
  if (!isLess(next, before)) return subtract(before, next);
  // Where the start is known and is the same, some of them were merely left out.
  return startedAt === undefined
    ? takeWhole(next, before.at, intervalMs)
    : undefined;
}
