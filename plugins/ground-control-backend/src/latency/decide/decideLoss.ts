import { Level, Loss } from '../book/types';
import { Slot } from '../histogram/types';
import { FIVE_MS, floorTo, HOUR_MS, MINUTE_MS } from '../times';
import { countChance } from './countChance';
import { LevelThresholds, Thresholds } from './thresholds';

/** As rare as that by chance, lost probes are news. */
const RARE = 0.001;
/** One lost probe is no rate of loss. */
const LEAST_LOST = 2;
/** A link that isn't known for long is taken for one that lost next to nothing. */
const LEAST_KNOWN = 600;
/** An outage lies in two spans at most, or loses most of those between. */
const LEAST_SPANS = 3;
const MOST_LOST = 0.5;
/** Loss that is clearly below a threshold is below so much of it. */
const CLEARLY = 0.5;

interface Counted {
  ok: number;
  failed: number;
}

function sum(slots: readonly Counted[]): Counted {
  const all = { ok: 0, failed: 0 };
  for (const { ok, failed } of slots) {
    all.ok += ok;
    all.failed += failed;
  }
  return all;
}

function shareOf({ ok, failed }: Counted): number {
  return ok + failed === 0 ? 0 : failed / (ok + failed);
}

/** What a link may lose by chance, by what it lost before. */
function findUsual(before: Counted, { elevated, high }: Thresholds): number {
  const { ok, failed } = before;
  const usual = (failed + 1) / Math.max(ok + failed, LEAST_KNOWN);
  // However lossy it was, what is high can't be what is usual.
  return Math.min(usual, Math.sqrt(elevated.loss * high.loss));
}

/** How many were lost all the time: those of an outage weren't. */
function countSteady(fives: readonly Counted[]): number {
  const lost = fives
    .filter(slot => slot.failed > 0 && shareOf(slot) <= MOST_LOST)
    .map(({ failed }) => failed)
    .sort((a, b) => b - a);
  const most = lost[LEAST_SPANS - 1] ?? 0;
  return lost.reduce((all, failed) => all + Math.min(failed, most), 0);
}

/** So many were answered since the last that was lost that it isn't chance. */
function isOver(fives: readonly Counted[]): boolean {
  const first = fives.findIndex(({ failed }) => failed > 0);
  if (first === -1) return false;
  let last = fives.length - 1;
  while (fives[last].failed === 0) last -= 1;
  const share = shareOf(sum(fives.slice(first, last + 1)));
  const { ok } = sum(fives.slice(last + 1));
  return (1 - share) ** ok < RARE;
}

/**
 * How lossy a link is.
 *
 * High at once is what was lost in the last minutes, when that is too much for
 * what the link loses by chance; it is high as long as the last five minutes
 * are. One that loses a few all the time is judged by the last hour, is lossy in
 * three spans of five minutes at least, and is lossy until it is clearly below
 * or until so many were answered in a row that it must be over: a few lost
 * probes are too coarse a measure to follow each.
 *
 * @param options - `minutes` and `fives`: ascending; `before`: what is said now
 */
export function decideLoss(options: {
  minutes: readonly Slot[];
  fives: readonly Slot[];
  thresholds: Thresholds;
  before: Loss;
  now: number;
}): Loss {
  const { minutes, fives, thresholds, before, now } = options;
  const { elevated, high } = thresholds;
  const minute = floorTo(now, MINUTE_MS);
  const within = (ms: number) =>
    sum(minutes.filter(({ start }) => start >= minute - ms));
  const recent = within(FIVE_MS);
  const hour = fives.filter(
    ({ start }) => start >= floorTo(now, FIVE_MS) - HOUR_MS,
  );
  const usual = findUsual(
    sum(hour.filter(({ start }) => start + FIVE_MS <= minute - FIVE_MS)),
    thresholds,
  );
  const isLossy = (some: Counted) =>
    some.failed >= LEAST_LOST && shareOf(some) >= high.loss;
  const isSudden = [within(MINUTE_MS), recent].some(
    some => isLossy(some) && countChance(some, usual) < RARE,
  );
  if (isSudden || (before.level === 2 && isLossy(recent))) {
    return { level: 2, from: before.from };
  }
  const since = hour.filter(({ start }) => start >= before.from);
  if (recent.failed === 0 && isOver(since)) return { level: 0, from: minute };
  const { ok, failed } = sum(hour);
  const share = countSteady(since) / Math.max(ok + failed, 1);
  const reaches = (level: Level, { loss }: LevelThresholds) =>
    share > 0 && share >= loss * (before.level >= level ? CLEARLY : 1);
  if (reaches(2, high)) return { level: 2, from: before.from };
  return { level: reaches(1, elevated) ? 1 : 0, from: before.from };
}
