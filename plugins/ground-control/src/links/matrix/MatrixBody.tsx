import {
  memo,
  ReactElement,
  startTransition,
  useEffect,
  useState,
} from 'react';
import {
  LINK_STATES,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { describeLink, LinkWords } from '../describeLink';
import { LinksState } from '../linksState';
import { LinkStateGlyph } from '../LinkStateGlyph';
import { MatrixLayout, MatrixNode, MatrixSpot } from './decideMatrix';
import { decideStep } from './decideStep';

// The same element for every cell of a state: what doesn't change isn't drawn anew.
const GLYPHS = Object.fromEntries(
  LINK_STATES.map(state => [state, <LinkStateGlyph state={state} />]),
) as Record<LinkState, ReactElement>;

interface Drawing {
  words: LinkWords;
  scale: LinksState['scale'];
  compact: boolean;
  /** Whose calls are looked for. */
  squads?: string;
  nameOf(node: MatrixNode): string;
}

const isCrossed = ({ calls }: MatrixSpot) =>
  calls !== undefined && calls.used + calls.declared > 0;

/** As the sentence above counts them; those that are declared alone where there are no others. */
function countCalls({ words: { t } }: Drawing, { calls }: MatrixSpot) {
  if (calls?.used) return t('cell.calls', { count: calls.used });
  return calls?.declared
    ? t('cell.declared', { count: calls.declared })
    : undefined;
}

/** What a screen reader is told before what is seen. */
function nameSpot(
  { words: { t }, squads, nameOf }: Drawing,
  row: MatrixNode,
  column: MatrixNode,
  spot: MatrixSpot,
): string {
  const name = t('cell.name', {
    from: nameOf(row),
    to: nameOf(column),
    state: t(`state.${spot.cell.state}`),
  });
  return squads && !isCrossed(spot)
    ? `${name} ${t('cell.notUsed', { squads })}`
    : name;
}

function describeSpot({ words }: Drawing, spot: MatrixSpot) {
  const { t, format } = words;
  const { value, detail } = describeLink(words, spot.cell);
  return spot.group
    ? {
        value,
        detail: t('cell.badOf', {
          bad: format.number(spot.bad),
          links: format.number(spot.links),
        }),
      }
    : { value, detail };
}

/** What there is room for in a small cell: calls where they are looked for, else milliseconds. */
function drawNumber({ words, squads }: Drawing, { cell, calls }: MatrixSpot) {
  const { number } = words.format;
  if (squads !== undefined && calls) {
    return calls.used ? (
      <b>{number(calls.used)}</b>
    ) : (
      <i>({number(calls.declared)})</i>
    );
  }
  if (cell.valueMs === null || cell.state === 'down') return null;
  return number(Math.round(cell.valueMs));
}

/**
 * One cell: plain elements, because there may be thousands. A hidden element in
 * each costs as much as all the rest, so it is named by an attribute, which
 * holds what is seen.
 */
function drawSpot(
  drawing: Drawing,
  row: MatrixNode,
  column: MatrixNode,
  spot: MatrixSpot | null,
  at: string,
): ReactElement {
  if (!spot) return <td key={at} role="gridcell" />;
  const { cell } = spot;
  const { scale, compact, squads } = drawing;
  const unused = squads !== undefined && !isCrossed(spot);
  const { value, detail } = describeSpot(drawing, spot);
  const name = nameSpot(drawing, row, column, spot);
  const calls = countCalls(drawing, spot);
  return (
    <td
      key={at}
      role="gridcell"
      tabIndex={-1}
      data-at={at}
      data-state={cell.state}
      data-step={unused ? undefined : decideStep(scale, cell)}
      className={unused ? undefined : 'gc-link'}
      aria-label={
        unused ? name : [name, calls, value, detail].filter(Boolean).join(' ')
      }
    >
      {!compact && calls && <b>{calls}</b>}
      {GLYPHS[cell.state]}
      {!unused &&
        (compact
          ? drawNumber(drawing, spot)
          : // Read as one text with what stands beside it, as the name has it.
            `${calls ? ' ' : ''}${value ?? ''}${detail ? ' ' : ''}`)}
      {!unused && !compact && detail && <small>{detail}</small>}
    </td>
  );
}

/**
 * What there is room for at most, in CSS pixels of a compact cell: the matrix
 * scrolls in four fifths of the window's height.
 */
const countSeen = () => ({
  rows: Math.ceil((0.8 * window.innerHeight) / 28),
  columns: Math.ceil(window.innerWidth / 40),
});

/**
 * As much of the matrix as the window has room for, and all of it from the
 * frame after that on: who opens the page waits for no cell that isn't seen.
 */
function useSizeInTurn(layout: MatrixLayout): {
  rows: number;
  columns: number;
} {
  const [all, setAll] = useState(false);
  const [seen] = useState(countSeen);
  const { rows, columns } = layout;
  const wait =
    !all && (rows.length > seen.rows || columns.length > seen.columns);
  useEffect(() => {
    if (!wait) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setAll(true)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [wait]);
  return wait ? seen : { rows: rows.length, columns: columns.length };
}

/** One row; drawn anew only when what it shows changes. */
const DrawnRow = memo(function Row(props: {
  layout: MatrixLayout;
  drawing: Drawing;
  index: number;
  /** How many of the columns are drawn. */
  columns: number;
}) {
  const { layout, drawing, index } = props;
  const row = layout.rows[index];
  const name = drawing.nameOf(row);
  return (
    <tr>
      <th scope="row" title={name}>
        {name}
      </th>
      {layout.columns
        .slice(0, props.columns)
        .map((column, j) =>
          drawSpot(
            drawing,
            row,
            column,
            layout.spots[index][j],
            `${index},${j}`,
          ),
        )}
    </tr>
  );
});

/** The rows of the matrix. */
export function MatrixBody(props: { layout: MatrixLayout; drawing: Drawing }) {
  const { layout, drawing } = props;
  const { rows, columns } = useSizeInTurn(layout);
  return (
    <tbody>
      {layout.rows.slice(0, rows).map((row, i) => (
        <DrawnRow
          key={row.name}
          layout={layout}
          drawing={drawing}
          index={i}
          columns={columns}
        />
      ))}
    </tbody>
  );
}

export type { Drawing as MatrixDrawing };
