import { DateTime } from 'luxon';
import { DayTime, FreezeWindow } from '../rules';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function formatTime({ hour, minute }: DayTime): string {
  return [hour, minute].map(part => String(part).padStart(2, '0')).join(':');
}

/** A window on one line, without its reason. */
export function formatFreeze(window: FreezeWindow): string {
  if (window.kind === 'once') {
    return `${window.from} to ${window.to} ${window.zone}`;
  }
  const { days, from, to, zone } = window;
  const until = `${to.day ? `${DAYS[to.day - 1]} ` : ''}${formatTime(to)}`;
  return `${days.map(day => DAYS[day - 1]).join(', ')} ${formatTime(
    from,
  )} to ${until} ${zone}`;
}

/** A moment near now, such as `Mon 08:00`; with its date where that is days away. */
export function formatMoment(ms: number, zone: string, now: number): string {
  const time = DateTime.fromMillis(ms, { zone }).setLocale('en-GB');
  const isNear = Math.abs(ms - now) < 6 * 86_400_000;
  return time.toFormat(isNear ? 'ccc HH:mm' : 'd LLL HH:mm');
}
