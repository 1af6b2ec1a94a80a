import {
  activityAt,
  activityBetween,
  nextOfficeTime,
  officeZone,
} from './calendar.ts';

const seconds = (iso: string) => Date.parse(iso) / 1000;

describe('the office calendar', () => {
  it.each([
    ['2026-03-29T00:59:59Z', '+0100'],
    ['2026-03-29T01:00:00Z', '+0200'],
    ['2026-10-25T00:59:59Z', '+0200'],
    ['2026-10-25T01:00:00Z', '+0100'],
    ['2027-01-01T00:00:00Z', '+0100'],
  ])('knows the zone at %s', (iso, zone) => {
    expect(officeZone(seconds(iso))).toBe(zone);
  });

  it.each([
    // In the office already.
    ['2026-06-03T08:30:00Z', '2026-06-03T08:30:00Z'],
    // Early, late, Friday night, Sunday.
    ['2026-06-03T03:00:00Z', '2026-06-03T06:00:00Z'],
    ['2026-06-03T15:00:00Z', '2026-06-04T06:00:00Z'],
    ['2026-06-05T20:00:00Z', '2026-06-08T06:00:00Z'],
    ['2026-06-07T12:00:00Z', '2026-06-08T06:00:00Z'],
    // Over the weekend on which summer time ends.
    ['2026-10-23T20:00:00Z', '2026-10-26T07:00:00Z'],
  ])('opens after %s at %s', (from, opening) => {
    expect(new Date(nextOfficeTime(seconds(from)) * 1000)).toEqual(
      new Date(opening),
    );
  });

  it('is busy in the morning and quiet at night and on Sundays', () => {
    expect(activityAt(seconds('2026-06-03T08:00:00Z'))).toBe(1);
    expect(activityAt(seconds('2026-06-03T00:00:00Z'))).toBeLessThan(0.05);
    expect(activityAt(seconds('2026-06-07T08:00:00Z'))).toBeLessThan(0.05);
  });

  it('counts a week as some 38 busy hours', () => {
    const week = activityBetween(
      seconds('2026-06-01T00:00:00Z'),
      seconds('2026-06-08T00:00:00Z'),
    );
    expect(week).toBeGreaterThan(34);
    expect(week).toBeLessThan(42);
  });
});
