import fc from 'fast-check';
import { formatDuration, parseDuration } from './duration.ts';

it.each([
  ['3s', 3_000],
  ['500ms', 500],
  ['1m30s', 90_000],
  ['1.5s', 1_500],
  ['2h', 7_200_000],
])('reads %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each([
  '',
  '5',
  's',
  '5 s',
  '-5s',
  '5s ',
  '5d',
  '1e3s',
  '5s5',
  '9'.repeat(50),
])('does not take %j', text => {
  expect(parseDuration(text)).toBeUndefined();
});

it('reads what it writes', () => {
  fc.assert(
    fc.property(fc.nat(90_000_000), ms => {
      expect(parseDuration(formatDuration(ms))).toBe(ms);
    }),
  );
});

it('reads any text in no time', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('1', '.', 'm', 's', 'h') }),
      text => {
        const ms = parseDuration(text);
        expect(ms === undefined || ms >= 0).toBe(true);
      },
    ),
  );
});
