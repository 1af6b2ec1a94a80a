import { parsePeriod } from './parsePeriod';

it.each<[string, number | undefined]>([
  ['3s', 3_000],
  ['60s', 60_000],
  ['1m', 60_000],
  ['1m30s', 90_000],
  ['1m0s', 60_000],
  ['1.5s', 1_500],
  ['500ms', 500],
  ['1h', 3_600_000],
  ['1h1s', undefined],
  ['0s', undefined],
  ['-3s', undefined],
  ['3', undefined],
  ['', undefined],
  ['often', undefined],
  ['3s ', undefined],
  ['1e9s', undefined],
  ['NaNs', undefined],
  ['1..5s', undefined],
  ['9'.repeat(62).concat('s'), undefined],
])('a period of %j is %j ms', (text, ms) => {
  expect(parsePeriod(text)).toBe(ms);
});
