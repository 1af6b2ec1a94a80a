import {
  LatencyPercentile,
  LinkPair,
  LinkPoint,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A place in the chart, in its own units. */
export interface ChartPoint {
  x: number;
  y: number;
}

/** A part of the time axis. */
export interface ChartSpan {
  x: number;
  width: number;
}

/** A percentile over time; broken where there is no value. */
export interface ChartLine {
  of: LatencyPercentile;
  /** None has a point of another. */
  runs: ChartPoint[][];
}

/** The chart of a link, as lines and areas. */
export interface ChartLayout {
  /** The median, and the percentile that was picked, which comes first; what has no value is no line. */
  lines: ChartLine[];
  /** The upper edge of what is usual from left to right, then the lower one back. */
  baseline: ChartPoint[][];
  /** Spans in which every probe was lost. */
  down: ChartSpan[];
  /** Spans without samples. */
  gaps: ChartSpan[];
  /** Lost probes of all, 0 to 1. */
  loss: (ChartSpan & { share: number })[];
  /** Milliseconds of the axis, the largest first. */
  ticks: { y: number; ms: number }[];
  /** Where each point of the pair stands. */
  xs: number[];
  /** The two ends of the time axis, in milliseconds since 1970. */
  begin: number;
  end: number;
}

/** Room of the parts of a chart. */
export interface ChartRoom {
  width: number;
  height: number;
}

const STEPS_OF_TEN = [1, 2, 2.5, 5, 10];

/** The least round number that is not below. */
function roundUp(value: number): number {
  const ten = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return ten * STEPS_OF_TEN.find(step => ten * step >= value)!;
}

/** Parts in which every point has what is asked for, and follows at once on the one before. */
function splitRuns(
  points: LinkPoint[],
  stepMs: number,
  has: (point: LinkPoint) => boolean,
): LinkPoint[][] {
  const runs: LinkPoint[][] = [];
  let before: LinkPoint | undefined;
  for (const point of points) {
    if (!has(point)) {
      before = undefined;
      continue;
    }
    const follows =
      before && Date.parse(point.at) - Date.parse(before.at) <= stepMs * 1.5;
    if (follows) runs[runs.length - 1].push(point);
    else runs.push([point]);
    before = point;
  }
  return runs;
}

const isDown = ({ samples, failures }: LinkPoint) =>
  samples > 0 && failures >= samples;

/** Lays a link out over its window, which ends at `asOf`. */
export function layoutChart(
  pair: Pick<LinkPair, 'points' | 'stepSeconds' | 'asOf' | 'percentile'>,
  windowSeconds: number,
  room: ChartRoom,
): ChartLayout {
  const { points, percentile } = pair;
  const drawn = [...new Set<LatencyPercentile>([percentile, 'p50'])];
  const stepMs = pair.stepSeconds * 1_000;
  const end = Math.max(
    Date.parse(pair.asOf),
    ...points.map(({ at }) => Date.parse(at) + stepMs),
  );
  const begin = Math.min(
    end - windowSeconds * 1_000,
    ...points.map(({ at }) => Date.parse(at)),
  );
  const most = Math.max(
    1,
    ...points.flatMap(point => [
      ...drawn.map(of => point[of] ?? 0),
      point.baselineHigh ?? 0,
    ]),
  );
  const top = roundUp(most);
  const xOf = (ms: number) => ((ms - begin) / (end - begin)) * room.width;
  const yOf = (value: number) => room.height * (1 - value / top);
  const middle = ({ at }: LinkPoint) => xOf(Date.parse(at) + stepMs / 2);
  const spanOf = ([first, ...rest]: LinkPoint[]): ChartSpan => {
    const x = xOf(Date.parse(first.at));
    const last = rest.length ? rest[rest.length - 1] : first;
    return { x, width: xOf(Date.parse(last.at) + stepMs) - x };
  };
  const line = (key: LatencyPercentile) =>
    splitRuns(
      points,
      stepMs,
      point => point[key] !== null && !isDown(point),
    ).map(run => run.map(point => ({ x: middle(point), y: yOf(point[key]!) })));
  const sampled = splitRuns(points, stepMs, ({ samples }) => samples > 0);
  const edges = [
    { x: 0, width: 0 },
    ...sampled.map(spanOf),
    { x: room.width, width: 0 },
  ];
  return {
    lines: drawn
      .map(of => ({ of, runs: line(of) }))
      .filter(({ runs }) => runs.length > 0),
    baseline: splitRuns(
      points,
      stepMs,
      ({ baselineLow, baselineHigh }) =>
        baselineLow !== null && baselineHigh !== null,
    ).map(run => [
      ...run.map(each => ({ x: middle(each), y: yOf(each.baselineHigh!) })),
      ...[...run]
        .reverse()
        .map(each => ({ x: middle(each), y: yOf(each.baselineLow!) })),
    ]),
    down: splitRuns(points, stepMs, isDown).map(spanOf),
    gaps: edges.slice(1).flatMap((edge, i) => {
      const from = edges[i].x + edges[i].width;
      // The last span isn't over yet, so that it may have no samples.
      const least = xOf(begin + stepMs * 1.5);
      return edge.x - from > least ? [{ x: from, width: edge.x - from }] : [];
    }),
    loss: points
      .filter(({ failures, samples }) => failures > 0 && samples > 0)
      .map(point => ({
        ...spanOf([point]),
        share: Math.min(1, point.failures / point.samples),
      })),
    ticks: [top, top / 2, 0].map(ms => ({ y: yOf(ms), ms })),
    xs: points.map(middle),
    begin,
    end,
  };
}
