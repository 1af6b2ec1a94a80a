/**
 * Times are whole seconds since 1970 (UTC), as Git has them. The office is in
 * Copenhagen. Its summer time is worked out here, not by Intl: the same seed
 * must give the same commits whatever time zone data a machine has.
 */
export const HOUR = 3600;
export const DAY = 24 * HOUR;

/** Seconds of the last Sunday of a month, at 01:00 UTC (month from 0). */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), 1) / 1000;
}

const summers = new Map<number, [number, number]>();

/** Copenhagen's distance from UTC at a moment, in seconds. */
export function officeOffset(at: number): number {
  const year = new Date(at * 1000).getUTCFullYear();
  let summer = summers.get(year);
  if (!summer) {
    summer = [lastSunday(year, 2), lastSunday(year, 9)];
    summers.set(year, summer);
  }
  return at >= summer[0] && at < summer[1] ? 2 * HOUR : HOUR;
}

/** The same as Git writes it, such as `+0200`. */
export function officeZone(at: number): string {
  return officeOffset(at) === HOUR ? '+0100' : '+0200';
}

/** How busy each hour of a working day is; the office day counts about 1. */
const BUSY = [
  0.01, 0, 0, 0, 0, 0.01, 0.03, 0.25, 0.8, 1, 1, 0.9, 0.6, 0.95, 1, 0.9, 0.5,
  0.15, 0.05, 0.04, 0.05, 0.04, 0.02, 0.01,
];

/** How busy the company is at a moment: 0 to 1. */
export function activityAt(at: number): number {
  const local = at + officeOffset(at);
  const weekday = (Math.floor(local / DAY) + 4) % 7;
  const hour = Math.floor((local % DAY) / HOUR);
  return weekday === 0 || weekday === 6 ? 0.006 : BUSY[hour];
}

/** The given moment if it is in office hours, or else the next opening. */
export function nextOfficeTime(at: number): number {
  for (let moment = at; ; ) {
    const offset = officeOffset(moment);
    const local = moment + offset;
    const weekday = (Math.floor(local / DAY) + 4) % 7;
    const inDay = local % DAY;
    const working = weekday !== 0 && weekday !== 6;
    if (working && inDay >= 8 * HOUR && inDay < 17 * HOUR) {
      return moment;
    }
    const startOfDay = local - inDay;
    moment =
      working && inDay < 8 * HOUR
        ? startOfDay + 8 * HOUR - offset
        : startOfDay + DAY + 8 * HOUR - offset;
  }
}

/** How much activity lies between two moments, in busy hours. */
export function activityBetween(from: number, to: number): number {
  let total = 0;
  for (let at = from; at < to; at += HOUR) {
    total += (activityAt(at) * Math.min(HOUR, to - at)) / HOUR;
  }
  return total;
}
