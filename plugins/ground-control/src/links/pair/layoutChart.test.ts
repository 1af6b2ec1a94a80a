import fc from 'fast-check';
import {
  LatencyPercentile,
  LinkPoint,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ChartLayout, layoutChart } from './layoutChart';

const END = Date.parse('2026-11-21T01:00:00.000Z');
const STEP = 60;
const ROOM = { width: 600, height: 100 };

type Span = { value: number | null; samples: number; lost: number } | null;

/** Points of spans that follow each other, null for one without samples; the last ends at `END`. */
function makePoints(spans: Span[]): LinkPoint[] {
  return spans.flatMap((span, i): LinkPoint[] => {
    if (!span) return [];
    const { value, samples, lost } = span;
    return [
      {
        at: new Date(END - (spans.length - i) * STEP * 1000).toISOString(),
        p50: value,
        p95: value,
        p99: null,
        baselineLow: value && value * 0.9,
        baselineHigh: value && value * 1.1,
        samples,
        failures: Math.min(lost, samples),
      },
    ];
  });
}

const lay = (spans: Span[]) =>
  layoutChart(
    {
      points: makePoints(spans),
      stepSeconds: STEP,
      asOf: new Date(END).toISOString(),
      percentile: 'p95',
    },
    spans.length * STEP,
    ROOM,
  );

const runsOf = ({ lines }: ChartLayout, percentile: LatencyPercentile) =>
  lines.find(({ of }) => of === percentile)?.runs ?? [];

const well = { value: 20, samples: 12, lost: 0 };
const down = { value: null, samples: 12, lost: 12 };

const someSpans = fc.array(
  fc.option(
    fc.record({
      value: fc.option(fc.integer({ min: 1, max: 2_000 })),
      samples: fc.integer({ min: 0, max: 20 }),
      lost: fc.integer({ min: 0, max: 20 }),
    }),
  ),
  { minLength: 1, maxLength: 40 },
);

describe('layoutChart', () => {
  it('never draws a line over a span that has no value', () => {
    fc.assert(
      fc.property(someSpans, spans => {
        const chart = lay(spans);
        const p95 = runsOf(chart, 'p95');
        const p50 = runsOf(chart, 'p50');
        const width = ROOM.width / spans.length;
        for (const run of [...p95, ...p50]) {
          const indices = run.map(({ x }) => Math.floor(x / width + 1e-6));
          indices.forEach((index, i) => {
            const span = spans[index];
            expect(span?.value ?? null).not.toBeNull();
            expect(span!.samples > 0 && span!.lost >= span!.samples).toBe(
              false,
            );
            expect(index).toBe(indices[0] + i);
          });
        }
        // And what has one is on a line.
        const drawn = p95.reduce((sum, run) => sum + run.length, 0);
        const valued = spans.filter(
          span =>
            span?.value && !(span.samples > 0 && span.lost >= span.samples),
        );
        expect(drawn).toBe(valued.length);
      }),
    );
  });

  it('stays in its room', () => {
    fc.assert(
      fc.property(someSpans, spans => {
        const chart = lay(spans);
        const points = [
          ...chart.lines.flatMap(({ runs }) => runs.flat()),
          ...chart.baseline.flat(),
        ];
        for (const { x, y } of points) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(ROOM.width);
          expect(y).toBeGreaterThanOrEqual(-1e-6);
          expect(y).toBeLessThanOrEqual(ROOM.height);
        }
        for (const { x, width } of [
          ...chart.down,
          ...chart.gaps,
          ...chart.loss,
        ]) {
          expect(x).toBeGreaterThanOrEqual(-1e-6);
          expect(width).toBeGreaterThan(0);
          expect(x + width).toBeLessThanOrEqual(ROOM.width + 1e-6);
        }
      }),
    );
  });

  it('shades what was down, and tells it from what was not sampled', () => {
    const chart = lay([
      well,
      well,
      down,
      down,
      null,
      null,
      null,
      well,
      well,
      well,
    ]);
    expect(runsOf(chart, 'p95').map(run => run.length)).toEqual([2, 3]);
    expect(chart.down).toEqual([
      { x: expect.closeTo(120), width: expect.closeTo(120) },
    ]);
    expect(chart.gaps).toEqual([
      { x: expect.closeTo(240), width: expect.closeTo(180) },
    ]);
    expect(chart.loss.map(({ share }) => share)).toEqual([1, 1]);
  });

  it('says that a window was not sampled before the first point', () => {
    const chart = layoutChart(
      {
        points: makePoints([well]),
        stepSeconds: STEP,
        asOf: new Date(END).toISOString(),
        percentile: 'p95',
      },
      600,
      ROOM,
    );
    expect(chart.gaps).toEqual([{ x: 0, width: expect.closeTo(540) }]);
    // The axis is that of the window, not from the first point to the last.
    expect(chart).toMatchObject({ begin: END - 600_000, end: END });
  });

  it('draws the median and what was picked, where there is any', () => {
    const pick = (percentile: LatencyPercentile, p99: number | null) => {
      const points = makePoints([well, well]).map(point => ({ ...point, p99 }));
      const { lines, ticks } = layoutChart(
        {
          points,
          stepSeconds: STEP,
          asOf: new Date(END).toISOString(),
          percentile,
        },
        2 * STEP,
        ROOM,
      );
      return [lines.map(({ of }) => of).join(), ticks[0].ms];
    };
    // What isn't drawn makes the axis no longer.
    expect(pick('p95', 900)).toEqual(['p95,p50', 25]);
    expect(pick('p50', 900)).toEqual(['p50', 25]);
    expect(pick('p99', 900)).toEqual(['p99,p50', 1_000]);
    expect(pick('p99', null)).toEqual(['p50', 25]);
  });

  it('has an axis of round numbers from zero', () => {
    expect(lay([{ ...well, value: 37 }]).ticks).toEqual([
      { y: 0, ms: 50 },
      { y: 50, ms: 25 },
      { y: 100, ms: 0 },
    ]);
  });
});
