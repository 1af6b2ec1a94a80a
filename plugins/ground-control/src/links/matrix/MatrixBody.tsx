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

/** One cell: plain elements, because there may be thousands. */
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
  const attributes = {
    role: 'gridcell',
    tabIndex: -1,
    'data-at': at,
    'data-state': cell.state,
    className: unused ? undefined : 'gc-link',
    'data-step': unused ? undefined : decideStep(scale, cell),
  };
  if (compact) {
    // A hidden element in each of thousands of cells costs as much as all the
    // rest, so these are named by an attribute, which holds what is seen.
    const label = unused
      ? name
      : [name, value, detail, calls].filter(Boolean).join(' ');
    return (
      <td key={at} {...attributes} aria-label={label}>
        {GLYPHS[cell.state]}
        {!unused && drawNumber(drawing, spot)}
      </td>
    );
  }
  return (
    <td key={at} {...attributes}>
      <span className="gc-hidden">{name}</span>
      {calls && <b>{calls}</b>}
      {GLYPHS[cell.state]}
      {!unused && value}
      {!unused && detail && <small>{detail}</small>}
    </td>
  );
}

/** In CSS pixels, of a row with one line. */
const LEAST_ROW_HEIGHT = 28;

/**
 * The rows that a window has room for, and all of them from the frame after
 * that on: who opens the page waits for no cell that isn't seen.
 */
function useRowsInTurn(rows: MatrixNode[]): MatrixNode[] {
  const [all, setAll] = useState(false);
  const most = Math.ceil(window.innerHeight / LEAST_ROW_HEIGHT);
  const wait = !all && rows.length > most;
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
  return wait ? rows.slice(0, most) : rows;
}

/** The rows of the matrix; drawn anew only when what they show changes. */
export const MatrixBody = memo(function DrawnRows(props: {
  layout: MatrixLayout;
  drawing: Drawing;
}) {
  const { layout, drawing } = props;
  const rows = useRowsInTurn(layout.rows);
  return (
    <tbody>
      {rows.map((row, i) => (
        <tr key={row.name}>
          <th scope="row" title={drawing.nameOf(row)}>
            {drawing.nameOf(row)}
          </th>
          {layout.columns.map((column, j) =>
            drawSpot(drawing, row, column, layout.spots[i][j], `${i},${j}`),
          )}
        </tr>
      ))}
    </tbody>
  );
});

export type { Drawing as MatrixDrawing };
