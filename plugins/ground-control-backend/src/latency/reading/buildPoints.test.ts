import { internBounds } from '../histogram/internBounds';
import { Slot } from '../histogram/types';
import { FIVE_MS } from '../times';
import { buildPoints, MOST_SPANS } from './buildPoints';

const NOON = Date.UTC(2026, 2, 2, 12);
const BOUNDS = internBounds([0.02, 0.03, 0.05]);

/** Five minutes with answers of 20 to 30 ms, and of 30 to 50 ms. */
function slot(index: number, fast: number, slow = 0, more: Partial<Slot> = {}) {
  return {
    start: NOON + index * FIVE_MS,
    ok: fast + slow,
    failed: 0,
    bounds: BOUNDS,
    counts: [0, fast, slow, 0],
    ...more,
  };
}

function build(slots: Slot[], since = NOON) {
  return buildPoints(slots, {
    since,
    stepMs: FIVE_MS,
    baselines: [null, { low: 29, median: 30, high: 31 }, null],
    percentile: 'p95',
  });
}

describe('buildPoints', () => {
  it('has a p95 of a probe every 5 s, of two spans of five minutes', () => {
    const points = build([slot(0, 60), slot(1, 60), slot(2, 48, 12)]);
    expect(points.map(({ p50 }) => p50)).toEqual([25, 25, 26.25]);
    // 12 of 120 took longer: half of them lie above p95.
    expect(points.map(({ p95 }) => p95)).toEqual([null, 29.5, 40]);
    expect(points.map(({ p99 }) => p99)).toEqual([null, null, null]);
    expect(points[0]).toMatchObject({
      at: new Date(NOON).toISOString(),
      baselineLow: 29,
      baselineHigh: 31,
      samples: 60,
      failures: 0,
    });
  });

  it('looks back beyond the first point', () => {
    const [first, ...others] = build([slot(-1, 60), slot(0, 60)]);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ p95: 29.5, samples: 60 });
  });

  it('looks no further back than it needs to', () => {
    const [point] = build([slot(-1, 0, 600), slot(0, 100)]);
    expect(point.p95).toBe(29.5);
  });

  it('looks back so far and no further, whatever is missing between', () => {
    const back = (spans: number) =>
      build([slot(-spans, 60), slot(0, 60)])[0].p95;
    expect(back(MOST_SPANS - 1)).toBe(29.5);
    expect(back(MOST_SPANS)).toBeNull();
  });

  it('says nothing of a span in which nothing was answered', () => {
    const points = build([
      slot(0, 200),
      slot(1, 0, 0, { failed: 60 }),
      slot(2, 60),
    ]);
    expect(points.map(({ p50 }) => p50)).toEqual([25, null, 25]);
    expect(points.map(({ p95 }) => p95)).toEqual([29.5, null, 29.5]);
  });

  it('puts together what was counted in other buckets', () => {
    const other = { bounds: internBounds([0.02, 0.05]), counts: [0, 60, 0] };
    const [point] = build([slot(-1, 60, 0, other), slot(0, 60)]);
    expect(point.p95).toBe(48.5);
  });
});
