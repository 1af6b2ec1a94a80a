import { KeyboardEvent, PointerEvent, useMemo, useRef, useState } from 'react';
import {
  LatencyPercentile,
  LatencyWindow,
  LinkPair,
  LinkRelease,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useElementWidth } from '../../hooks/useElementWidth';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';
import { ChartKey } from './ChartKey';
import { ChartPoint, ChartSpan, layoutChart } from './layoutChart';
import { placeReleases } from './placeReleases';
import { ReleaseMarks } from './ReleaseMarks';
import { writePoint } from './writePoint';

const HEIGHT = 180;
const LOSS_HEIGHT = 36;
/** Of the labels at the left, and of those below. */
const LEFT = 56;
const BELOW = 22;

const WINDOW_SECONDS: Record<LatencyWindow, number> = {
  '5m': 300,
  '1h': 3_600,
  '24h': 86_400,
  '7d': 604_800,
};

const write = (points: ChartPoint[]) =>
  points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

function Line(props: { of: LatencyPercentile; runs: ChartPoint[][] }) {
  return (
    <>
      {props.runs.map(run =>
        run.length > 1 ? (
          <polyline
            key={run[0].x}
            className="gc-chart-line"
            data-of={props.of}
            points={write(run)}
          />
        ) : (
          <circle
            key={run[0].x}
            className="gc-chart-dot"
            data-of={props.of}
            cx={run[0].x}
            cy={run[0].y}
            r="2"
          />
        ),
      )}
    </>
  );
}

function Spans(props: { className: string; spans: ChartSpan[] }) {
  return (
    <>
      {props.spans.map(({ x, width }) => (
        <rect
          key={x}
          className={props.className}
          x={x}
          width={width}
          y="0"
          height={HEIGHT}
        />
      ))}
    </>
  );
}

/** Where a key leads among so many moments; undefined when it leads nowhere. */
function moveMoment(key: string, at: number, last: number) {
  const to = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    PageUp: at - 10,
    PageDown: at + 10,
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}

/** A link over time: p50 and the picked percentile against what is usual of that, lost probes below; a line never crosses what has no value. */
export function PairChart(props: {
  pair: LinkPair;
  /** Of both ends, about then. */
  releases: LinkRelease[];
}) {
  const t = useLinksText();
  const format = useFormat();
  const { pair } = props;
  const { points } = pair;
  const box = useRef<HTMLDivElement>(null);
  const width = Math.max(120, (useElementWidth(box) ?? 640) - LEFT);
  const layout = useMemo(
    () =>
      layoutChart(pair, WINDOW_SECONDS[pair.window], {
        width,
        height: HEIGHT,
      }),
    [pair, width],
  );
  const placed = placeReleases(props.releases, layout, width);
  const last = points.length - 1;
  // A moment, not an index: points go at the left while new ones come.
  const [moment, setMoment] = useState<string>();
  const found = points.findIndex(({ at }) => at === moment);
  const at = found < 0 ? last : found;
  const choose = (index: number) => setMoment(points[index].at);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moveMoment(event.key, at, last);
    if (to === undefined) return;
    event.preventDefault();
    choose(to);
  };
  const onPointerMove = (event: PointerEvent) => {
    const x = event.clientX - box.current!.getBoundingClientRect().left - LEFT;
    let nearest = 0;
    layout.xs.forEach((each, i) => {
      if (Math.abs(each - x) < Math.abs(layout.xs[nearest] - x)) nearest = i;
    });
    choose(nearest);
  };
  const text = writePoint(t, format, pair.percentile, points[at]);
  const edge = (ms: number) => {
    const date = new Date(ms);
    return pair.window === '7d' ? format.minute(date) : format.time(date);
  };
  const bottom = HEIGHT + LOSS_HEIGHT;
  return (
    <>
      <div
        ref={box}
        className="gc-chart"
        role="slider"
        tabIndex={0}
        aria-label={t('chart.moment')}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at}
        aria-valuetext={text}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
      >
        <svg
          viewBox={`${-LEFT} -8 ${width + LEFT} ${bottom + BELOW + 8}`}
          height={bottom + BELOW + 8}
          aria-hidden="true"
          focusable="false"
        >
          <defs>
            <pattern
              id="gc-chart-hatch"
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <line className="gc-chart-hatch" y2="6" />
            </pattern>
          </defs>
          {layout.ticks.map(({ y, ms }) => (
            <g key={ms}>
              <line className="gc-chart-axis" x2={width} y1={y} y2={y} />
              <text x="-6" y={y + 4} textAnchor="end">
                {format.milliseconds(ms)}
              </text>
            </g>
          ))}
          <Spans className="gc-chart-gap" spans={layout.gaps} />
          {layout.baseline.map(run => (
            <polygon
              key={run[0].x}
              className="gc-chart-usual"
              points={write(run)}
            />
          ))}
          <Spans className="gc-chart-down" spans={layout.down} />
          {[...layout.lines].reverse().map(({ of, runs }) => (
            <Line key={of} of={of} runs={runs} />
          ))}
          <line className="gc-chart-axis" x2={width} y1={bottom} y2={bottom} />
          {layout.loss.map(({ x, width: wide, share }) => (
            <rect
              key={x}
              className="gc-chart-loss"
              x={x}
              width={Math.max(1, wide - 1)}
              y={bottom - Math.max(2, share * (LOSS_HEIGHT - 6))}
              height={Math.max(2, share * (LOSS_HEIGHT - 6))}
            />
          ))}
          <text x="-6" y={bottom} textAnchor="end">
            {t('pair.lost')}
          </text>
          <line
            className="gc-chart-cross"
            x1={layout.xs[at]}
            x2={layout.xs[at]}
            y2={bottom}
          />
          <ReleaseMarks placed={placed} y={bottom} />
          <text y={bottom + 20}>{edge(layout.begin)}</text>
          <text x={width} y={bottom + 20} textAnchor="end">
            {edge(layout.end)}
          </text>
        </svg>
      </div>
      <p className="gc-small gc-wrap">{text}</p>
      <ChartKey
        layout={layout}
        percentile={pair.percentile}
        hasReleases={placed.length > 0}
      />
    </>
  );
}
