import { Baselines, Level } from '../book/types';
import { findQuantile, Quantile } from '../histogram/findQuantile';
import { mergeHistograms } from '../histogram/mergeHistograms';
import { PERCENTILES } from '../histogram/percentiles';
import { Slot } from '../histogram/types';
import { floorTo, MINUTE_MS } from '../times';
import { LevelThresholds, Thresholds } from './thresholds';

/** A window may need so many minutes to hold samples enough. */
const LONGEST_WINDOW = 10;
/** So many minutes are enough to see that a slow tail is over… */
const TAIL_OVER = 3;
/** …with so many answers. */
const LEAST_OF_TAIL = 10;

function reaches(
  found: Quantile,
  bounds: readonly number[],
  baselineMs: number,
  { times, plusMs }: LevelThresholds,
): boolean {
  const ms = found.value * 1_000;
  if (ms < baselineMs * times || ms < baselineMs + plusMs) return false;
  if (!found.approximate) return true;
  // Within one bucket nothing can be told apart.
  const usual = bounds.find(bound => bound * 1_000 >= baselineMs) ?? Infinity;
  return found.low >= usual;
}

interface Judging {
  minutes: readonly Slot[];
  baselines: Baselines;
  thresholds: Thresholds;
  now: number;
}

/** @returns undefined with fewer answers than `needed` */
function judge(
  { minutes, baselines, thresholds }: Judging,
  percentile: number,
  window: { from: number; to: number; needed: number },
): Level | undefined {
  const baseline = baselines[percentile];
  const { from, to, needed } = window;
  const slots = minutes.filter(({ start }) => start >= from && start < to);
  const ok = slots.reduce((sum, slot) => sum + slot.ok, 0);
  const histogram = mergeHistograms(slots);
  if (!baseline || !histogram || ok < needed) return undefined;
  const found = findQuantile(histogram, PERCENTILES[percentile].quantile);
  if (!found) return undefined;
  const { bounds } = histogram;
  if (reaches(found, bounds, baseline.median, thresholds.high)) return 2;
  return reaches(found, bounds, baseline.median, thresholds.elevated) ? 1 : 0;
}

/** The two latest windows that are as short as samples allow. */
interface Windows {
  older: Level;
  newer: Level;
  /** Each reaches back to what may have been said, and be over, already. */
  isLong: boolean;
}

function judgeWindows(
  judging: Judging,
  percentile: number,
): Windows | undefined {
  const { needed } = PERCENTILES[percentile];
  const end = floorTo(judging.now, MINUTE_MS);
  for (let length = 1; length <= LONGEST_WINDOW; length += 1) {
    const middle = end - length * MINUTE_MS;
    const begin = middle - length * MINUTE_MS;
    const newer = judge(judging, percentile, { from: middle, to: end, needed });
    if (newer === undefined) continue;
    const older = judge(judging, percentile, {
      from: begin,
      to: middle,
      needed,
    });
    if (older === undefined) continue;
    const latest = judge(judging, percentile, {
      from: end - TAIL_OVER * MINUTE_MS,
      to: end,
      needed: LEAST_OF_TAIL,
    });
    const isLong = length > TAIL_OVER && latest !== undefined;
    return {
      older,
      newer: isLong ? (Math.min(newer, latest) as Level) : newer,
      isLong,
    };
  }
  return undefined;
}

function decide(before: Level, windows: Windows | undefined): Level {
  if (!windows) return before;
  const { older, newer, isLong } = windows;
  if (newer < before) return newer;
  if (newer === before || older <= before) return before;
  // A healed fault in the older one isn't said again with a little noise.
  return (isLong ? Math.min : Math.max)(older, newer) as Level;
}

/** The percentiles that are judged: the median, and a tail. */
const JUDGED = [0, 1];

/**
 * How slow a link is against its baseline, by percentile.
 *
 * Two windows in a row must be worse than what is said now before worse is
 * said, and then it is the worse of them, or of long ones the better; one
 * better window is enough for better. The median is looked at by the minute, which tells of a slow link
 * within three; the 95th percentile needs more samples, and tells of a tail.
 *
 * @param options - `minutes`: whole minutes, ascending; `before`: what is said
 * now
 */
export function decideSlowness(
  options: Judging & { before: readonly Level[] },
): Level[] {
  return JUDGED.map((percentile, i) =>
    decide(options.before[i] ?? 0, judgeWindows(options, percentile)),
  );
}
