import { describeAge, describeDuration } from './describeAge';

/** Writes numbers and times in one language. */
export interface Format {
  /** 1234 as 1,234. */
  number(value: number): string;
  /** 0.12 as 12%. */
  percent(value: number): string;
  /** 0.0184 as 1.8%. */
  share(value: number): string;
  /** 2.345 as 2.3. */
  decimal(value: number): string;
  /** 64.4 as 64 ms, and below ten 6.4 ms. */
  milliseconds(value: number): string;
  /** Seconds as 12m, 3h, 2d or 8 mths; absent below a minute. */
  age(seconds: number): string | undefined;
  /** Seconds as “12 minutes ago”; absent below a minute. */
  ago(seconds: number): string | undefined;
  /** Seconds as “3 hr 12 min”. */
  duration(seconds: number): string;
  /** A moment, exactly: in UTC and in the reader's own time zone. */
  moment(date: Date): string;
  /** Day and minute in the reader's own time zone. */
  minute(date: Date): string;
  /** The time of day in the reader's own time zone. */
  time(date: Date): string;
  /** The same with seconds. */
  second(date: Date): string;
  /** A day, given as 2026-11-21. */
  day(day: string): string;
  list(items: string[]): string;
}

/** Makes the formatters of a language once; making them is what takes time. */
export function createFormat(language: string): Format {
  const number = new Intl.NumberFormat(language);
  const units = new Map<string, Intl.NumberFormat>();
  const unit = (
    value: number,
    name: string,
    unitDisplay: 'narrow' | 'short',
  ) => {
    const key = `${name} ${unitDisplay}`;
    let format = units.get(key);
    if (!format) {
      format = new Intl.NumberFormat(language, {
        style: 'unit',
        unit: name,
        unitDisplay,
      });
      units.set(key, format);
    }
    return format.format(value);
  };
  const decimal = new Intl.NumberFormat(language, {
    maximumFractionDigits: 1,
  });
  const share = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const milliseconds = [0, 1].map(
    maximumFractionDigits =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit: 'millisecond',
        maximumFractionDigits,
      }),
  );
  const relative = new Intl.RelativeTimeFormat(language);
  const time = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const second = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const moment = (timeZone?: string) =>
    new Intl.DateTimeFormat(language, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZone,
      timeZoneName: 'short',
    });
  const minute = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const utc = moment('UTC');
  const local = moment();
  const day = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return {
    number: value => number.format(value),
    percent: value =>
      new Intl.NumberFormat(language, { style: 'percent' }).format(value),
    share: value => share.format(value),
    decimal: value => decimal.format(value),
    milliseconds: value => milliseconds[value < 10 ? 1 : 0].format(value),
    age: seconds => {
      const age = describeAge(seconds);
      return age.unit === 'now'
        ? undefined
        : // Narrow months are m in many languages, as minutes are.
          unit(age.value, age.unit, age.unit === 'month' ? 'short' : 'narrow');
    },
    ago: seconds => {
      const age = describeAge(seconds);
      return age.unit === 'now'
        ? undefined
        : relative.format(-age.value, age.unit);
    },
    duration: seconds =>
      describeDuration(seconds)
        .map(part => unit(part.value, part.unit, 'short'))
        .join(' '),
    moment: date => {
      const [inUtc, here] = [utc.format(date), local.format(date)];
      return inUtc === here ? inUtc : `${inUtc} · ${here}`;
    },
    minute: date => minute.format(date),
    time: date => time.format(date),
    second: date => second.format(date),
    day: text => day.format(new Date(`${text}T00:00:00Z`)),
    list: items => list.format(items),
  };
}
