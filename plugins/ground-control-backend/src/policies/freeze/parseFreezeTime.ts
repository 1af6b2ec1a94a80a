import { DateTime, IANAZone } from 'luxon';
import { DayTime, Weekday } from '../rules';

const DAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
/** No offset: the zone says it. */
const LOCAL = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?$/;

/** Reads `fri` and `friday`, in any case. */
export function parseWeekday(text: string): Weekday | undefined {
  const lower = text.toLowerCase();
  const at = DAYS.findIndex(day => lower === day || lower === day.slice(0, 3));
  return at < 0 ? undefined : ((at + 1) as Weekday);
}

/** Reads `16:00`. */
export function parseDayTime(text: string): DayTime | undefined {
  const match = TIME.exec(text);
  return match
    ? { hour: Number(match[1]), minute: Number(match[2]) }
    : undefined;
}

/** Reads `16:00` or `mon 08:00`. */
export function parseFreezeEnd(
  text: string,
): (DayTime & { day?: Weekday }) | undefined {
  const words = text.split(' ');
  const time = parseDayTime(words.at(-1) ?? '');
  if (!time || words.length > 2) return undefined;
  if (words.length === 1) return time;
  const day = parseWeekday(words[0]);
  return day && { ...time, day };
}

/** Reads `2026-12-23` or `2026-12-23T16:00`; the first is midnight. */
export function parseLocalTime(text: string): string | undefined {
  if (!LOCAL.test(text)) return undefined;
  const time = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' });
  return time.isValid ? time.toFormat("yyyy-MM-dd'T'HH:mm") : undefined;
}

export function isZone(text: string): boolean {
  return text.length < 64 && IANAZone.isValidZone(text);
}
