import fc from 'fast-check';
import { decideNextDue } from './decideNextDue.ts';

const every5s = { intervalMs: 5_000, jitter: 0.1 };

it.each([
  ['in time', { now: 1_000, chance: 0 }, { dueAt: 6_000, missed: 0 }],
  ['sooner by chance', { now: 1_000, chance: 1 }, { dueAt: 5_500, missed: 0 }],
  ['a little late', { now: 3_000, chance: 0 }, { dueAt: 6_000, missed: 0 }],
  ['one missed', { now: 6_000, chance: 0 }, { dueAt: 11_000, missed: 1 }],
  ['slept', { now: 60_500, chance: 0 }, { dueAt: 61_000, missed: 11 }],
])('%s', (_, given, due) => {
  expect(decideNextDue({ lastDue: 1_000, ...every5s, ...given })).toEqual(due);
});

it('is always ahead, and never by more than an interval', () => {
  const options = fc.record({
    lastDue: fc.integer({ min: 0, max: 1e9 }),
    now: fc.integer({ min: 0, max: 1e9 }),
    intervalMs: fc.integer({ min: 100, max: 3_600_000 }),
    jitter: fc.double({ min: 0, max: 0.5, noNaN: true }),
    chance: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(options, given => {
      const { dueAt } = decideNextDue(given);
      expect(dueAt).toBeGreaterThan(given.now);
      expect(dueAt - Math.max(given.now, given.lastDue)).toBeLessThanOrEqual(
        // Times are floating point numbers.
        given.intervalMs + 1e-3,
      );
    }),
  );
});
