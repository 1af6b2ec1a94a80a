import { formatDuration, parseDuration } from './durations.ts';

describe('durations', () => {
  it.each([
    ['5m0s', 300_000],
    ['1h0m0s', 3_600_000],
    ['1m30s', 90_000],
    ['1.5s', 1500],
    ['250ms', 250],
  ])('reads and writes %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it.each([['5'], ['soon'], [''], [5], [undefined]])('reads no %j', value => {
    expect(parseDuration(value)).toBeUndefined();
  });
});
