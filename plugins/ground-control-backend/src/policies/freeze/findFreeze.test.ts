import fc from 'fast-check';
import { FreezeWindow } from '../rules';
import { findFreeze } from './findFreeze';
import { formatFreeze, formatMoment } from './formatFreeze';
import {
  parseFreezeEnd,
  parseLocalTime,
  parseWeekday,
} from './parseFreezeTime';

const weekend: FreezeWindow = {
  kind: 'weekly',
  days: [5],
  from: { hour: 16, minute: 0 },
  to: { hour: 8, minute: 0, day: 1 },
  zone: 'Europe/Copenhagen',
  reason: 'weekend',
};
const night: FreezeWindow = {
  kind: 'weekly',
  days: [1, 2, 3, 4, 5, 6, 7],
  from: { hour: 22, minute: 0 },
  to: { hour: 6, minute: 0 },
  zone: 'Europe/Copenhagen',
};
const once = (from: string, to: string, zone = 'Europe/Copenhagen') =>
  ({ kind: 'once', from, to, zone } as const);

function look(windows: FreezeWindow[], at: string) {
  const found = findFreeze(
    windows.map(value => ({ value })),
    Date.parse(at),
  );
  const iso = (ms?: number) => ms && new Date(ms).toISOString().slice(0, 16);
  return {
    active: !!found.active,
    freeAt: iso(found.freeAt),
    next: iso(found.next?.from),
  };
}

describe('findFreeze', () => {
  it.each([
    // Winter: an hour before UTC.
    ['2026-01-09T14:59:59Z', false, undefined, '2026-01-09T15:00'],
    ['2026-01-09T15:00:00Z', true, '2026-01-12T07:00', undefined],
    ['2026-01-12T06:59:59Z', true, '2026-01-12T07:00', undefined],
    ['2026-01-12T07:00:00Z', false, undefined, '2026-01-16T15:00'],
    // The weekend in which summer time begins: it is an hour shorter.
    ['2026-03-27T15:00:00Z', true, '2026-03-30T06:00', undefined],
    ['2026-03-30T06:00:00Z', false, undefined, '2026-04-03T14:00'],
    // And the one in which it ends.
    ['2026-10-23T14:00:00Z', true, '2026-10-26T07:00', undefined],
  ])('of weekends, at %s: frozen %s', (at, active, freeAt, next) => {
    expect(look([weekend], at)).toEqual({ active, freeAt, next });
  });

  it.each([
    ['2026-06-01T19:59:00Z', false, undefined],
    ['2026-06-01T20:00:00Z', true, '2026-06-02T04:00'],
    ['2026-06-02T03:59:00Z', true, '2026-06-02T04:00'],
    ['2026-06-02T04:00:00Z', false, undefined],
  ])('over midnight, at %s: frozen %s', (at, active, freeAt) => {
    expect(look([night], at)).toMatchObject({ active, freeAt });
  });

  it('counts as longer where the clock changes in it', () => {
    // 02:30 never happens on 29 March, and happens twice on 25 October.
    const skipped = [once('2026-03-29T02:30', '2026-03-29T05:00')];
    expect(look(skipped, '2026-03-29T00:29:00Z').active).toBe(false);
    expect(look(skipped, '2026-03-29T01:00:00Z').active).toBe(true);
    const skippedEnd = [once('2026-03-29T00:00', '2026-03-29T02:30')];
    expect(look(skippedEnd, '2026-03-29T01:20:00Z').active).toBe(true);
    expect(look(skippedEnd, '2026-03-29T01:30:00Z').active).toBe(false);
    const twice = [once('2026-10-25T02:30', '2026-10-25T05:00')];
    expect(look(twice, '2026-10-25T00:30:00Z').active).toBe(true);
    const twiceEnd = [once('2026-10-25T00:00', '2026-10-25T02:30')];
    expect(look(twiceEnd, '2026-10-25T01:29:00Z').active).toBe(true);
    expect(look(twiceEnd, '2026-10-25T01:30:00Z').active).toBe(false);
  });

  it('knows the end of freezes that follow on each other, and zones apart', () => {
    const windows = [
      weekend,
      once('2026-01-12T07:00', '2026-01-13T00:00', 'Europe/London'),
      once('2026-01-13T09:00', '2026-01-13T10:00', 'Asia/Tokyo'),
    ];
    // London ends at 00:00Z, where Tokyo begins; that ends at 01:00Z.
    expect(look(windows, '2026-01-10T12:00:00Z')).toMatchObject({
      active: true,
      freeAt: '2026-01-13T01:00',
    });
  });

  it('says that there is no end where there is none', () => {
    const always: FreezeWindow = {
      kind: 'weekly',
      days: [1, 2, 3, 4, 5, 6, 7],
      from: { hour: 0, minute: 0 },
      to: { hour: 0, minute: 0 },
      zone: 'Europe/Copenhagen',
    };
    expect(look([always], '2026-01-10T12:00:00Z')).toMatchObject({
      active: true,
      freeAt: undefined,
    });
  });

  it('a window from a day to the same day lasts a week, and never two', () => {
    const week: FreezeWindow = {
      ...weekend,
      kind: 'weekly',
      to: { hour: 15, minute: 0, day: 5 },
    };
    expect(look([week], '2026-01-16T13:59:00Z')).toMatchObject({
      active: true,
      freeAt: '2026-01-16T14:00',
    });
    expect(look([week], '2026-01-16T14:30:00Z').active).toBe(false);
  });

  it('is free at the end that it names, and frozen until then', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('2026-01-01'),
          max: new Date('2027-01-01'),
          noInvalidDate: true,
        }),
        fc.subarray([weekend, night], { minLength: 1 }),
        (now, windows) => {
          const ruled = windows.map(value => ({ value }));
          const { active, freeAt, next } = findFreeze(ruled, now.getTime());
          const isOn = (at: number) => !!findFreeze(ruled, at).active;
          // The edge towards which it looks: frozen on one side alone.
          const edge = active ? freeAt! : next?.from ?? NaN;
          expect(isOn(now.getTime())).toBe(!!active);
          expect(isOn(edge)).toBe(!active && !!next);
          expect(isOn(edge - 1)).toBe(!!active);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('freeze times', () => {
  it.each([
    ['fri', 5],
    ['Friday', 5],
    ['SUN', 7],
    ['fr', undefined],
    ['', undefined],
  ])('reads the day %j', (text, day) => {
    expect(parseWeekday(text)).toBe(day);
  });

  it.each([
    ['08:00', { hour: 8, minute: 0 }],
    ['mon 08:00', { hour: 8, minute: 0, day: 1 }],
    ['8:00', undefined],
    ['24:00', undefined],
    ['mon  08:00', undefined],
    ['mon', undefined],
  ])('reads the end %j', (text, end) => {
    expect(parseFreezeEnd(text)).toEqual(end);
  });

  it.each([
    ['2026-12-23', '2026-12-23T00:00'],
    ['2026-12-23 16:00', '2026-12-23T16:00'],
    ['2026-12-23T16:00Z', undefined],
    ['2026-02-30', undefined],
    ['2026-12-23T25:00', undefined],
  ])('reads the moment %j', (text, local) => {
    expect(parseLocalTime(text)).toBe(local);
  });

  it('writes them for people', () => {
    expect(formatFreeze(weekend)).toBe(
      'fri 16:00 to mon 08:00 Europe/Copenhagen',
    );
    const now = Date.parse('2026-01-10T12:00:00Z');
    const soon = Date.parse('2026-01-12T07:00:00Z');
    expect(formatMoment(soon, 'Europe/Copenhagen', now)).toBe('Mon 08:00');
    const later = Date.parse('2026-02-12T07:00:00Z');
    expect(formatMoment(later, 'Europe/Copenhagen', now)).toBe('12 Feb 08:00');
  });
});
