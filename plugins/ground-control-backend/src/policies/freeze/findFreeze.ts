import { DateTime } from 'luxon';
import { DayTime, FreezeWindow, Ruled } from '../rules';

/** A freeze that is on, or the next one; times are milliseconds since 1970. */
export interface Freeze {
  from: number;
  to: number;
  window: Ruled<FreezeWindow>;
}

/** What the freezes come to at a moment. */
export interface FreezeState {
  /** The one that is on and ends last. */
  active?: Freeze;
  /**
   * When nothing is frozen any more, with those that begin before the active
   * one ends; absent where that is more than a year away.
   */
  freeAt?: number;
  /** The first that begins within the next week, while none is on. */
  next?: Freeze;
}

const DAY_MS = 86_400_000;
/** A weekly window lasts a week at most. */
const DAYS_AROUND = 8;
const MAX_CHAIN = 400;

/**
 * The moment of a local time. A clock change makes some times happen twice or
 * never; a freeze then counts as longer: it begins at the earlier of both, and
 * ends at the later.
 */
function momentOf(day: DateTime, time: DayTime, edge: 'start' | 'end'): number {
  const { hour, minute } = time;
  const moment = day.set({ hour, minute, second: 0, millisecond: 0 });
  const both = moment.getPossibleOffsets().map(one => one.toMillis());
  // A time that never happens is moved on by as much as the clock is.
  const skippedMs =
    ((moment.hour - time.hour) * 60 + moment.minute - time.minute) * 60_000;
  return edge === 'start' ? Math.min(...both) - skippedMs : Math.max(...both);
}

/** At noon, which every day has. */
function noonOf(date: string, zone: string): DateTime {
  return DateTime.fromISO(`${date.slice(0, 10)}T12:00`, { zone });
}

function timeOf(local: string): DayTime {
  return {
    hour: Number(local.slice(11, 13)),
    minute: Number(local.slice(14, 16)),
  };
}

/** All times of a window that lie around a moment. */
function occurrencesOf(
  window: FreezeWindow,
  now: number,
): Array<{ from: number; to: number }> {
  const { zone } = window;
  if (window.kind === 'once') {
    const [from, to] = [window.from, window.to];
    return [
      {
        from: momentOf(noonOf(from, zone), timeOf(from), 'start'),
        to: momentOf(noonOf(to, zone), timeOf(to), 'end'),
      },
    ];
  }
  const { days, from, to } = window;
  const today = DateTime.fromMillis(now, { zone }).set({ hour: 12 });
  const found = [];
  for (let shift = -DAYS_AROUND; shift <= DAYS_AROUND; shift += 1) {
    const day = today.plus({ days: shift });
    if (days.some(one => one === day.weekday)) {
      const end = day.plus({ days: countDays(day.weekday, from, to) });
      found.push({
        from: momentOf(day, from, 'start'),
        to: momentOf(end, to, 'end'),
      });
    }
  }
  return found;
}

/** From the day of the start to that of the end. */
function countDays(
  weekday: number,
  from: DayTime,
  to: DayTime & { day?: number },
): number {
  const isLater = to.hour * 60 + to.minute > from.hour * 60 + from.minute;
  if (to.day === undefined) return isLater ? 0 : 1;
  const days = (to.day - weekday + 7) % 7;
  return days === 0 && !isLater ? 7 : days;
}

function activeAt(
  windows: ReadonlyArray<Ruled<FreezeWindow>>,
  moment: number,
): Freeze | undefined {
  return windows
    .flatMap(window =>
      occurrencesOf(window.value, moment).map(one => ({ ...one, window })),
    )
    .filter(({ from, to }) => from <= moment && moment < to)
    .reduce<Freeze | undefined>(
      (last, one) => (!last || one.to > last.to ? one : last),
      undefined,
    );
}

/** Finds the freeze that is on at a moment, or the next one. */
export function findFreeze(
  windows: ReadonlyArray<Ruled<FreezeWindow>>,
  now: number,
): FreezeState {
  const active = activeAt(windows, now);
  if (!active) {
    const [next] = windows
      .flatMap(window =>
        occurrencesOf(window.value, now).map(one => ({ ...one, window })),
      )
      .filter(({ from, to }) => from > now && from < to)
      .filter(({ from }) => from - now < 7 * DAY_MS)
      .sort((a, b) => a.from - b.from);
    return next ? { next } : {};
  }
  let freeAt = active.to;
  for (let step = 0; step < MAX_CHAIN; step += 1) {
    const further = activeAt(windows, freeAt);
    if (!further) return { active, freeAt };
    freeAt = further.to;
  }
  return { active };
}
