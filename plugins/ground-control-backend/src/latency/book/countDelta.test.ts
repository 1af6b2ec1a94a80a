import { internBounds } from '../histogram/internBounds';
import { countDelta, isRival } from './countDelta';
import { Counters } from './types';

const bounds = internBounds([0.01, 0.05]);
const SECOND = 1_000;

const counters = (
  seconds: number,
  counts: number[],
  failed = 0,
  more: Partial<Counters> = {},
): Counters => ({
  at: seconds * SECOND,
  counter: '',
  ok: counts.reduce((sum, count) => sum + count, 0),
  failed,
  bounds,
  counts,
  ...more,
});

describe('countDelta', () => {
  it.each<
    [
      string,
      Counters | undefined,
      Counters,
      { ok: number; failed: number; counts: number[] } | undefined,
    ]
  >([
    [
      'counts what came since',
      counters(1_000, [5, 3, 0], 2),
      counters(1_005, [6, 3, 1], 3),
      { ok: 2, failed: 1, counts: [1, 0, 1] },
    ],
    [
      'counts nothing twice',
      counters(1_000, [5, 3, 0], 2),
      counters(1_005, [5, 3, 0], 2),
      { ok: 0, failed: 0, counts: [0, 0, 0] },
    ],
    [
      'begins with what it sees first',
      undefined,
      counters(1_000, [500, 300, 0]),
      undefined,
    ],
    [
      'counts all of a process that began just now',
      undefined,
      counters(1_000, [2, 1, 0], 0, { startedAt: 985 * SECOND }),
      { ok: 3, failed: 0, counts: [2, 1, 0] },
    ],
    [
      'begins with a process that began long ago',
      undefined,
      counters(10_000, [2, 1, 0], 0, { startedAt: 85 * SECOND }),
      undefined,
    ],
    [
      'counts a reset from zero',
      counters(1_000, [50, 30, 0], 2),
      counters(1_005, [1, 0, 0]),
      { ok: 1, failed: 0, counts: [1, 0, 0] },
    ],
    [
      'sees a restart though the counts are larger',
      counters(1_000, [1, 0, 0], 0, { startedAt: 10 * SECOND }),
      counters(1_060, [2, 0, 0], 0, { startedAt: 1_010 * SECOND }),
      { ok: 2, failed: 0, counts: [2, 0, 0] },
    ],
    [
      'takes what is left out for no reset, where the start is known',
      counters(1_000, [50, 30, 0], 2, { startedAt: 10 * SECOND }),
      counters(1_005, [51, 30, 0], 0, { startedAt: 10 * SECOND }),
      undefined,
    ],
    [
      'takes no more for new than can be since',
      counters(1_000, [5_000, 0, 0], 2),
      counters(1_005, [4_000, 0, 0], 0),
      undefined,
    ],
    [
      'subtracts no other process',
      counters(1_000, [5, 0, 0], 0, { counter: 'a' }),
      counters(1_005, [9, 0, 0], 0, { counter: 'b' }),
      undefined,
    ],
    [
      'subtracts no other buckets than those of before',
      counters(1_000, [5, 0, 0]),
      counters(1_005, [9, 0], 0, { bounds: internBounds([0.02]) }),
      undefined,
    ],
    [
      'counts other buckets of a process that began since',
      counters(1_000, [5, 0, 0], 0, { startedAt: 10 * SECOND }),
      counters(1_005, [2, 0], 0, {
        bounds: internBounds([0.02]),
        startedAt: 1_001 * SECOND,
      }),
      { ok: 2, failed: 0, counts: [2, 0] },
    ],
    [
      'leaves out what came in a long gap: nobody knows when',
      counters(1_000, [5, 0, 0]),
      counters(1_601, [90, 0, 0]),
      undefined,
    ],
  ])('%s', (_, before, next, expected) => {
    const delta = countDelta(before, next, 5_000);
    expect(
      delta && { ok: delta.ok, failed: delta.failed, counts: delta.counts },
    ).toEqual(expected);
  });
});

describe('isRival', () => {
  const first = { startedAt: 100 * SECOND };
  const before = counters(1_000, [50, 0, 0], 2, first);
  it.each<[string, Counters, boolean]>([
    ['the same, later', counters(1_005, [51, 0, 0], 2, first), false],
    [
      'a process that began since',
      counters(1_005, [1, 0, 0], 0, { startedAt: 1_002 * SECOND }),
      false,
    ],
    [
      'one that began later and was there before',
      counters(1_005, [90, 0, 0], 9, { startedAt: 500 * SECOND }),
      true,
    ],
    [
      'one that began earlier is counted from now on',
      counters(1_005, [90, 0, 0], 9, { startedAt: 50 * SECOND }),
      false,
    ],
    [
      'one that began at the same time and has counted less',
      counters(1_005, [51, 0, 0], 0, { startedAt: 102 * SECOND }),
      true,
    ],
    [
      'the first has been away for more than a minute',
      counters(1_061, [9, 0, 0], 0, { startedAt: 500 * SECOND }),
      false,
    ],
    ['it doesn’t say when it began', counters(1_005, [1, 0, 0]), false],
  ])('%s', (_, next, expected) => {
    expect(isRival(before, next)).toBe(expected);
  });
});
