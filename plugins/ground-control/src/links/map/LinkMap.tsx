import { KeyboardEvent, useMemo, useRef, useState } from 'react';
import {
  LinkCell,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../../components/PageLink';
import { describeProvider } from '../../clusters/describeProvider';
import { StatusGlyph } from '../../components/StatusGlyph';
import { useFormat } from '../../hooks/useFormat';
import { useLinksPath } from '../../hooks/useLinksPath';
import { useLinksText } from '../../hooks/useLinksText';
import { useNow } from '../../hooks/useNow';
import { describeLink, describeLoss, LinkWords } from '../describeLink';
import { LinkStateGlyph } from '../LinkStateGlyph';
import { decideCells } from './decideCells';
import { layoutEdges, MapEdge } from './layoutEdges';
import { BOX, layoutMap } from './layoutMap';
import { moveInMap } from './moveInMap';

/** Pixels at the usual size of text, so that the map grows with it. */
const rem = (pixels: number) => `${pixels / 16}rem`;

/** Its value, where it is slower than usual how many times, or what is lost. */
function describeShortly(words: LinkWords, cell: LinkCell): string {
  const { value = '' } = describeLink(words, cell);
  const { state, valueMs, baselineMs } = cell;
  if (cell.code === 'loss') return describeLoss(words, cell) ?? value;
  const slower = state === 'high' || state === 'elevated';
  if (!slower || !valueMs || !baselineMs) return value;
  const times = words.format.decimal(valueMs / baselineMs);
  return words.t('map.times', { value, times });
}

function Line(props: { edge: MapEdge }) {
  const { cell, path, head } = props.edge;
  return (
    <g className="gc-map-line" data-state={cell.state}>
      <path d={path} />
      <path
        d="M0 0L-10 -5V5Z"
        transform={`translate(${head.x} ${head.y}) rotate(${head.angle})`}
      />
    </g>
  );
}

/**
 * Clusters by provider, always in the same places, and between them the links
 * that aren't well; of a cluster that is pointed at or focused, all. It is one
 * tab stop; arrows move within. What it shows is told by a table beside it.
 */
export function LinkMap(props: {
  matrix: LinkMatrix;
  /** The cluster whose links are listed. */
  picked?: string;
  onPick(cluster: string | undefined): void;
}) {
  const t = useLinksText();
  const words = { t, format: useFormat(), now: useNow() };
  const paths = useLinksPath();
  const ref = useRef<HTMLDivElement>(null);
  const { matrix, picked, onPick } = props;
  const [looked, setLooked] = useState<string>();
  const [stop, setStop] = useState<string>();
  const layout = useMemo(() => layoutMap(matrix.clusters), [matrix]);
  const edges = layoutEdges(
    layout,
    decideCells(matrix.cells, looked ?? picked).map(cell => ({
      cell,
      text: describeShortly(words, cell),
    })),
  );
  const reachable = layout.boxes.some(({ cluster }) => cluster.name === stop)
    ? stop
    : layout.boxes[0]?.cluster.name;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { cluster } = (event.target as HTMLElement).dataset;
    if (!cluster || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && picked) {
      onPick(undefined);
      return;
    }
    const next = moveInMap(layout, cluster, event.key);
    if (!next) return;
    event.preventDefault();
    [...(ref.current?.querySelectorAll<HTMLElement>('[data-cluster]') ?? [])]
      .find(box => box.dataset.cluster === next)
      ?.focus();
  };
  return (
    <div className="gc-map-scroll">
      {/* The keys are those of the buttons in it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={ref}
        role="group"
        aria-label={t('map.label')}
        className="gc-map"
        style={{ width: rem(layout.width), height: rem(layout.height) }}
        onKeyDown={onKeyDown}
      >
        <svg
          viewBox={`0 0 ${layout.width} ${layout.height}`}
          aria-hidden="true"
          focusable="false"
        >
          {edges.map(edge => (
            <Line key={`${edge.cell.from} ${edge.cell.to}`} edge={edge} />
          ))}
        </svg>
        {layout.columns.map(({ provider, x }) => (
          <span
            key={x}
            className="gc-strong gc-small"
            style={{ insetBlockStart: 0, left: rem(x) }}
          >
            {provider ? describeProvider(provider) : t('matrix.noProvider')}
          </span>
        ))}
        {layout.boxes.map(({ cluster: { name, source }, x, y }) => (
          <button
            key={name}
            type="button"
            className="gc-map-cluster"
            data-cluster={name}
            aria-pressed={name === picked}
            tabIndex={name === reachable ? 0 : -1}
            title={source.reason ?? undefined}
            style={{
              left: rem(x),
              top: rem(y),
              width: rem(BOX.width),
              height: rem(BOX.height),
            }}
            onClick={() => onPick(name === picked ? undefined : name)}
            onFocus={() => {
              setStop(name);
              setLooked(name);
            }}
            onBlur={() => setLooked(undefined)}
            onMouseEnter={() => setLooked(name)}
            onMouseLeave={() => setLooked(undefined)}
          >
            <span className="gc-clip">{name}</span>
            {source.state !== 'fresh' && (
              <StatusGlyph
                status={source.state === 'none' ? 'never-reported' : 'stale'}
              />
            )}
          </button>
        ))}
        {edges.map(({ cell, text, label }) => (
          // For the pointer alone; the table has the same link for all.
          <PageLink
            key={`${cell.from} ${cell.to}`}
            to={paths.pair(cell.from, cell.to)}
            className="gc-map-label"
            data-state={cell.state}
            title={t('link.name', cell)}
            tabIndex={-1}
            aria-hidden="true"
            style={{ left: rem(label.x), top: rem(label.y) }}
          >
            <LinkStateGlyph state={cell.state} /> {text}
          </PageLink>
        ))}
      </div>
    </div>
  );
}
