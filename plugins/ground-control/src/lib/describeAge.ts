/** A length of time in one unit, as people say it. */
export interface Age {
  unit: 'now' | 'minute' | 'hour' | 'day' | 'month' | 'year';
  value: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * An age in seconds as people say it: below a minute, and below zero (a clock
 * that is ahead), it is `now`; hours up to a day, days up to 90.
 */
export function describeAge(seconds: number): Age {
  if (seconds < MINUTE) return { unit: 'now', value: 0 };
  if (seconds < HOUR) {
    return { unit: 'minute', value: Math.floor(seconds / MINUTE) };
  }
  if (seconds < DAY) return { unit: 'hour', value: Math.floor(seconds / HOUR) };
  const days = Math.floor(seconds / DAY);
  if (days < 90) return { unit: 'day', value: days };
  if (days < 730) return { unit: 'month', value: Math.floor(days / 30) };
  return { unit: 'year', value: Math.floor(days / 365) };
}

/** A duration in seconds as its two largest units, for example 3 h 12 min. */
export function describeDuration(
  seconds: number,
): { unit: 'second' | 'minute' | 'hour' | 'day'; value: number }[] {
  const total = Math.max(0, Math.floor(seconds));
  const parts = [
    { unit: 'day' as const, value: Math.floor(total / DAY) },
    { unit: 'hour' as const, value: Math.floor((total % DAY) / HOUR) },
    { unit: 'minute' as const, value: Math.floor((total % HOUR) / MINUTE) },
    { unit: 'second' as const, value: total % MINUTE },
  ];
  const first = parts.findIndex(part => part.value > 0);
  if (first < 0) return [{ unit: 'second', value: 0 }];
  return parts.slice(first, first + 2).filter(part => part.value > 0);
}
