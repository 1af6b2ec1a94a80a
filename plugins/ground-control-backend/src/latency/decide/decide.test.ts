import fc from 'fast-check';
import { Baselines, Level, Loss } from '../book/types';
import { internBounds } from '../histogram/internBounds';
import { Slot } from '../histogram/types';
import { DAY_MS, FIVE_MS, floorTo, HOUR_MS, MINUTE_MS } from '../times';
import { addToSlots } from '../book/addToSlots';
import { countChance } from './countChance';
import { decideBaselines } from './decideBaselines';
import { countInRowNeeded } from './decideDown';
import { decideLoss } from './decideLoss';
import { decideSlowness } from './decideSlowness';
import { judgeLink, LinkFacts } from './judgeLink';
import { decidePairClass, DEFAULT_THRESHOLDS } from './thresholds';

const NOON = Date.UTC(2026, 2, 2, 12);
const thresholds = DEFAULT_THRESHOLDS;
/** Ten probes a second are counted to a millisecond. */
const FINE = internBounds(
  Array.from({ length: 300 }, (_, i) => (i + 1) / 1_000),
);
/** As Linkerd's: nothing between 50 and 100 ms. */
const COARSE = internBounds([0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.2, 0.3]);

function slot(
  start: number,
  ms: number,
  { ok = 12, failed = 0, bounds = FINE } = {},
): Slot {
  const counts = new Array(bounds.length + 1).fill(0);
  const at = bounds.findIndex(bound => ms / 1_000 <= bound);
  counts[at === -1 ? bounds.length : at] = ok;
  return { start, ok, failed, bounds, counts };
}

const baselineOf = (ms: number): Baselines => [
  { low: ms, median: ms, high: ms },
  null,
  null,
];

/** Minute after minute, with what is said after each. */
function slowness(
  values: number[],
  options: { baseline?: number; ok?: number; bounds?: readonly number[] } = {},
): Level[] {
  const { baseline = 40, ...others } = options;
  const minutes: Slot[] = [];
  let before: Level[] = [];
  return values.map((ms, i) => {
    const start = NOON + i * MINUTE_MS;
    minutes.push(slot(start, ms, others));
    before = decideSlowness({
      minutes,
      baselines: baselineOf(baseline),
      thresholds,
      before,
      now: start + MINUTE_MS + 2_000,
    });
    return before[0];
  });
}

describe('decideSlowness, by minutes', () => {
  it.each<[string, number[], Level[]]>([
    ['as usual', [40, 41, 39, 44], [0, 0, 0, 0]],
    ['one slow minute is no slow link', [40, 90, 40, 90], [0, 0, 0, 0]],
    ['two in a row are, the worse of them', [40, 52, 90, 90], [0, 0, 2, 2]],
    ['one good minute is enough', [90, 90, 90, 40], [0, 2, 2, 0]],
    ['and a better one for better', [90, 90, 55, 55], [0, 2, 1, 1]],
    ['a quarter more is elevated', [51, 51, 51], [0, 1, 1]],
    ['less than a quarter isn’t', [48, 48, 48], [0, 0, 0]],
    ['and worse again takes two', [55, 55, 90, 55, 90, 90], [0, 1, 1, 1, 1, 2]],
  ])('%s', (_, values, expected) => {
    expect(slowness(values)).toEqual(expected);
  });

  it('takes factors of nothing for nothing', () => {
    expect(slowness([7, 7, 7], { baseline: 3 })).toEqual([0, 0, 0]);
    expect(slowness([12, 12, 12], { baseline: 3 })).toEqual([0, 1, 1]);
    expect(slowness([20, 20, 20], { baseline: 3 })).toEqual([0, 2, 2]);
  });

  it('wants a whole bucket’s change where buckets are wide', () => {
    // 60 and 95 ms are the same to it; its value for both is 75.
    expect(slowness([60, 60, 60], { baseline: 55, bounds: COARSE })).toEqual([
      0, 0, 0,
    ]);
    expect(slowness([95, 95, 95], { baseline: 45, bounds: COARSE })).toEqual([
      0, 2, 2,
    ]);
  });

  it('waits for samples enough, over more minutes', () => {
    // Four a minute: three minutes for one window, six for two.
    expect(slowness([90, 90, 90, 90, 90, 90, 90], { ok: 4 })).toEqual([
      0, 0, 0, 0, 0, 2, 2,
    ]);
    expect(slowness([90, 90, 90], { ok: 1 })).toEqual([0, 0, 0]);
  });

  it('says nothing new without a baseline, or without samples', () => {
    const options = { minutes: [], thresholds, now: NOON };
    for (const before of [0, 1, 2] as const) {
      expect(
        decideSlowness({
          ...options,
          before: [before],
          baselines: baselineOf(40),
        }),
      ).toEqual([before, 0]);
      expect(
        decideSlowness({
          ...options,
          minutes: [
            slot(NOON - 2 * MINUTE_MS, 900),
            slot(NOON - MINUTE_MS, 900),
          ],
          before: [before],
          baselines: [null, null, null],
        }),
      ).toEqual([before, 0]);
    }
  });

  it('sees a tail that the median doesn’t, and when it is over', () => {
    const usual = { low: 40, median: 40, high: 40 };
    const minutes: Slot[] = [];
    let before: Level[] = [];
    const said: string[] = [];
    for (let i = 0; i < 30; i += 1) {
      const one = slot(NOON + i * MINUTE_MS, 40, { ok: 11 });
      if (i < 22) {
        one.ok += 1;
        one.counts[199] += 1;
      }
      minutes.push(one);
      before = decideSlowness({
        minutes,
        baselines: [usual, usual, null],
        thresholds,
        before,
        now: NOON + (i + 1) * MINUTE_MS,
      });
      said.push(before.join());
    }
    expect(said.indexOf('0,2')).toBe(17);
    expect(said.slice(21, 25)).toEqual(['0,2', '0,2', '0,0', '0,0']);
  });

  it('never says a healed fault again because of a little noise', () => {
    const usual = (ms: number) => ({ low: ms, median: ms, high: ms });
    const minutes: Slot[] = [];
    let before: Level[] = [];
    const tails: Level[] = [];
    for (let i = 0; i < 30; i += 1) {
      const isSlow = i >= 10 && i < 16;
      const one = slot(NOON + i * MINUTE_MS, isSlow ? 87 : 27, { ok: 20 });
      // Four of twenty answers, a while after it was healed.
      if (i === 19) {
        one.counts = slot(one.start, 27, { ok: 16 }).counts.map(
          (count, at) => count + slot(one.start, 45, { ok: 4 }).counts[at],
        );
      }
      minutes.push(one);
      before = decideSlowness({
        minutes,
        baselines: [usual(27), usual(33), null],
        thresholds,
        before,
        now: NOON + (i + 1) * MINUTE_MS,
      });
      tails.push(before[1]);
    }
    expect(tails.slice(0, 16)).toContain(2);
    expect(Math.max(...tails.slice(19))).toBeLessThan(2);
  });
});

/** Probe after probe, with what is said after each. */
function lossiness(
  isLost: (seconds: number) => boolean,
  options: { hours?: number; everyS?: number } = {},
) {
  const { hours = 1, everyS = 5 } = options;
  const minutes: Slot[] = [];
  const fives: Slot[] = [];
  let before: Loss = { level: 0, from: 0 };
  const said: Array<{ seconds: number; level: Level }> = [];
  for (let seconds = 0; seconds < hours * 3_600; seconds += everyS) {
    const at = NOON + seconds * 1_000;
    const failed = isLost(seconds) ? 1 : 0;
    const one = { ok: 1 - failed, failed, bounds: [], counts: [1 - failed] };
    addToSlots(minutes, floorTo(at, MINUTE_MS), one);
    addToSlots(fives, floorTo(at, FIVE_MS), one);
    if (minutes.length > 20) minutes.shift();
    if (fives.length > 20) fives.shift();
    before = decideLoss({ minutes, fives, thresholds, before, now: at });
    said.push({ seconds, level: before.level });
  }
  return {
    said,
    within: (from: number, to: number) => [
      ...new Set(
        said
          .filter(({ seconds }) => seconds >= from && seconds < to)
          .map(({ level }) => level),
      ),
    ],
    /** Seconds from then on until it is first so. */
    until: (level: Level, from: number) =>
      said.find(one => one.seconds >= from && one.level === level)!.seconds -
      from,
    changes: said.filter(({ level }, i) => level !== (said[i - 1]?.level ?? 0))
      .length,
  };
}

/** Loses that share by chance, the same each time. */
function byChance(share: number) {
  let seed = 1;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647 < share;
  };
}

const HOUR_S = 3_600;

describe('decideLoss', () => {
  it('says nothing of a link that loses nothing, or one', () => {
    expect(lossiness(() => false).changes).toBe(0);
    expect(lossiness(seconds => seconds === 1_200).changes).toBe(0);
  });

  it.each([0, 600, 2 * HOUR_S])(
    'notices within a minute that every fifth is lost, after %d s without loss',
    wellS => {
      // The first that is lost comes as late as can be.
      const { until, within } = lossiness(
        seconds => seconds >= wellS && ((seconds - wellS) / 5) % 5 === 4,
        { hours: wellS / HOUR_S + 1 },
      );
      expect(until(2, wellS)).toBeLessThanOrEqual(60);
      expect(within(wellS + 60, wellS + HOUR_S)).toEqual([2]);
    },
  );

  it.each([0.05, 0.12, 0.2])('stays high while %d are lost', share => {
    const { said, within } = lossiness(byChance(share), { hours: 12 });
    const high = said.filter(({ level }) => level === 2);
    expect(high.length / said.length).toBeGreaterThan(0.95);
    expect(within(HOUR_S, 12 * HOUR_S)).not.toContain(0);
  });

  it('doesn’t take two by chance for what goes on', () => {
    const { changes } = lossiness(seconds => [1_800, 1_980].includes(seconds));
    expect(changes).toBe(0);
  });

  it('is elevated, and not high and normal in turn, with one of a hundred lost', () => {
    const even = lossiness(seconds => seconds % 500 === 495, { hours: 12 });
    expect(even.within(0, HOUR_S)).toEqual([0, 1]);
    expect(even.within(HOUR_S, 12 * HOUR_S)).toEqual([1]);
    const { said, changes } = lossiness(byChance(0.01), { hours: 96 });
    const of = (level: Level) =>
      said.filter(one => one.level === level).length / said.length;
    expect(of(1)).toBeGreaterThan(0.8);
    expect(of(2)).toBeLessThan(0.1);
    // The rule of the last five minutes alone was another 117 times a day.
    expect(changes / 4).toBeLessThan(20);
  });

  it('comes down only when it is clearly below', () => {
    const few = (seconds: number) => seconds % 1_200 === 4;
    const options = { hours: 6, everyS: 4 };
    const { within } = lossiness(
      seconds => (seconds < 2 * HOUR_S ? seconds % 500 === 496 : few(seconds)),
      options,
    );
    expect(within(HOUR_S, 6 * HOUR_S)).toEqual([1]);
    // As few as those alone are normal.
    const never = lossiness(
      seconds => seconds > HOUR_S && few(seconds),
      options,
    );
    expect(never.changes).toBe(0);
  });

  it.each([0.12, 0.2, 0.5])(
    'is over within six minutes after %d were lost for an hour, and isn’t said again',
    share => {
      const lose = byChance(share);
      const { until, within } = lossiness(
        seconds => {
          const isLost = lose();
          if (seconds < HOUR_S) return isLost;
          return seconds === HOUR_S + 900;
        },
        { hours: 3 },
      );
      const over = until(0, HOUR_S);
      expect(over).toBeGreaterThan(240);
      expect(over).toBeLessThanOrEqual(360);
      expect(within(HOUR_S + over, 3 * HOUR_S)).toEqual([0]);
    },
  );

  it.each([15, 60, 240, 1_500])(
    'forgets an outage of %d s five minutes after it',
    seconds => {
      const from = HOUR_S + 290;
      const { within } = lossiness(
        at =>
          (at >= from && at < from + seconds) || at === from + seconds + 900,
        { hours: 3 },
      );
      expect(within(from + seconds, from + seconds + 240)).toEqual([2]);
      expect(within(from + seconds + 361, 3 * HOUR_S)).toEqual([0]);
    },
  );

  it('judges a link by what it lost before', () => {
    const { within } = lossiness(
      seconds => seconds % 500 === 495 || seconds === 2 * HOUR_S + 305,
      { hours: 3 },
    );
    expect(within(2 * HOUR_S, 3 * HOUR_S)).toEqual([1]);
  });
});

describe('countChance', () => {
  it.each([
    [0, 12, 0.01, 1],
    [1, 0, 0.01, 0.01],
    [2, 0, 0.1, 0.01],
    [1, 1, 0.5, 0.75],
    [2, 10, 0.01, 0.0062],
    [3, 5, 0, 0],
  ])('%d of them and %d others, at %d, is %d', (failed, ok, loss, chance) => {
    expect(countChance({ ok, failed }, loss)).toBeCloseTo(chance, 4);
  });
});

describe('countInRowNeeded', () => {
  it.each([
    [60, 0, 2],
    [57, 3, 3],
    [42, 18, 6],
    [30, 30, 10],
    [2, 58, 20],
    [0, 0, 3],
    [0, 60, 3],
    [5, 0, 3],
  ])('after %d answered and %d lost it is %d', (ok, failed, needed) => {
    expect(countInRowNeeded({ ok, failed })).toBe(needed);
  });

  it('grows with the loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), failed => {
        const of = (n: number) => countInRowNeeded({ ok: 100 - n, failed: n });
        expect(of(failed)).toBeGreaterThanOrEqual(of(failed - 1));
      }),
    );
  });
});

describe('judgeLink', () => {
  const well: LinkFacts = {
    now: NOON,
    readMs: 5_000,
    intervalMs: 5_000,
    everSampled: true,
    lastSuccessAt: NOON - 2_000,
    hasCounted: true,
    lostInRow: 0,
    recent: { ok: 60, failed: 0 },
    loss: 0,
    slowness: 0,
    hasBaseline: true,
  };

  it.each<[string, Partial<LinkFacts>, string]>([
    ['is normal', {}, 'normal as-usual'],
    ['has no baseline yet', { hasBaseline: false }, 'normal no-baseline'],
    [
      'was never sampled, and is no dead link for that',
      {
        everSampled: false,
        hasCounted: false,
        alive: false,
        lastSuccessAt: undefined,
        recent: { ok: 0, failed: 0 },
      },
      'never-sampled not-sampled',
    ],
    [
      'is dead by the word of what measures',
      { alive: false },
      'down not-alive',
    ],
    [
      'isn’t dead because what measures has just begun',
      { alive: false, hasCounted: false },
      'normal as-usual',
    ],
    [
      'lost one',
      { lostInRow: 1, recent: { ok: 60, failed: 1 } },
      'normal as-usual',
    ],
    [
      'lost two in a row',
      { lostInRow: 2, recent: { ok: 58, failed: 2 } },
      'down all-lost',
    ],
    [
      'loses every third, and two in a row by chance',
      { lostInRow: 2, recent: { ok: 40, failed: 20 }, loss: 2 },
      'high loss',
    ],
    [
      'is dead for longer than five minutes',
      {
        lostInRow: 500,
        lastSuccessAt: NOON - HOUR_MS,
        recent: { ok: 0, failed: 60 },
      },
      'down all-lost',
    ],
    [
      'has no answer, though nothing is counted as lost',
      { alive: true, lastSuccessAt: NOON - 41_000 },
      'high no-answer',
    ],
    [
      'waits for an answer',
      { lastSuccessAt: NOON - 19_000 },
      'normal as-usual',
    ],
    ['loses a few', { loss: 1 }, 'elevated loss'],
    ['is slow', { slowness: 2 }, 'high slower'],
    ['is a little slow', { slowness: 1 }, 'elevated slower'],
    ['is a little slow and loses many', { slowness: 1, loss: 2 }, 'high loss'],
    ['is slow and loses a few', { slowness: 2, loss: 1 }, 'high slower'],
  ])('%s', (_, facts, expected) => {
    const { state, code } = judgeLink({ ...well, ...facts });
    expect(`${state} ${code}`).toBe(expected);
  });

  it('is never well without an answer for long', () => {
    fc.assert(
      fc.property(
        fc.record({
          lostInRow: fc.nat(50),
          alive: fc.option(fc.boolean(), { nil: undefined }),
          recent: fc.record({ ok: fc.nat(100), failed: fc.nat(100) }),
          ago: fc.integer({ min: 20_001, max: DAY_MS }),
        }),
        ({ ago, ...facts }) => {
          const { state } = judgeLink({
            ...well,
            ...facts,
            lastSuccessAt: NOON - ago,
          });
          expect(['down', 'high']).toContain(state);
        },
      ),
    );
  });
});

describe('decideBaselines', () => {
  const day = (ms: number, more = {}) =>
    Array.from({ length: 288 }, (_, i) =>
      slot(NOON + i * FIVE_MS, ms, { ok: 60, ...more }),
    );

  it('is the median of five minutes', () => {
    const slots = [...day(40), ...day(60).slice(0, 200)];
    const [p50, p95, p99] = decideBaselines(slots, DAY_MS);
    expect(p50!.median).toBeCloseTo(39.5, 5);
    expect(p50!.high).toBeCloseTo(59.5, 5);
    // Of 60 probes alone there is no such percentile: several are put together.
    expect(p95!.median).toBeCloseTo(39.95, 5);
    expect(p99!.median).toBeCloseTo(39.99, 5);
  });

  it('needs a day of samples', () => {
    expect(decideBaselines(day(40).slice(1), DAY_MS)).toEqual([
      null,
      null,
      null,
    ]);
    expect(decideBaselines(day(40).slice(1), HOUR_MS)[0]).not.toBeNull();
    expect(decideBaselines([], 0)).toEqual([null, null, null]);
  });

  it('leaves out what was lossy', () => {
    const slots = [...day(40), ...day(500, { failed: 4 })];
    expect(decideBaselines(slots, DAY_MS)[0]!.high).toBeCloseTo(39.5, 5);
    expect(decideBaselines(day(40, { failed: 4 }), DAY_MS)).toEqual([
      null,
      null,
      null,
    ]);
  });
});

it.each([
  [
    { provider: 'aws', region: 'a' },
    { provider: 'aws', region: 'a' },
    'sameRegion',
  ],
  [
    { provider: 'aws', region: 'a' },
    { provider: 'aws', region: 'b' },
    'sameProvider',
  ],
  [{ provider: 'aws' }, { provider: 'aws' }, 'sameProvider'],
  [{ provider: 'aws' }, { provider: 'gcp' }, 'crossProvider'],
  [{ provider: null }, { provider: null }, 'crossProvider'],
  [undefined, undefined, 'crossProvider'],
])('a pair of %j and %j is %s', (from, to, kind) => {
  expect(decidePairClass(from, to)).toBe(kind);
});
