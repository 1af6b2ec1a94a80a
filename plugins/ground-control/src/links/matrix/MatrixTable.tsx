import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { LinkMatrix } from '@ground-control/backstage-plugin-ground-control-common';
import { Hidden } from '../../components/Hidden';
import { describeProvider } from '../../clusters/describeProvider';
import { useFormat } from '../../hooks/useFormat';
import { useLinksPath } from '../../hooks/useLinksPath';
import { useLinksText } from '../../hooks/useLinksText';
import { LinksState } from '../linksState';
import { MatrixBody, MatrixDrawing } from './MatrixBody';
import { MatrixLayout, MatrixNode } from './decideMatrix';
import { MatrixStatus } from './MatrixStatus';
import { makeQuickText } from './makeQuickText';
import { MatrixPlace } from './moveInMatrix';
import { useMatrixGrid } from './useMatrixGrid';

/** The matrix itself: from the clusters of the rows to those of the columns. */
export function MatrixTable(props: {
  matrix: LinkMatrix;
  layout: MatrixLayout;
  state: LinksState;
  /** The query that goes along to a link's page. */
  search: string;
  /** Whose calls are looked for. */
  squads?: string;
  onOpenProviders(names: string[]): void;
}) {
  const t = useLinksText();
  const format = useFormat();
  const paths = useLinksPath();
  const navigate = useNavigate();
  const { matrix, layout, state, squads } = props;
  const { rows, columns, spots, size } = layout;
  const { scale } = state;
  const now = Date.parse(matrix.asOf);
  const drawing = useMemo<MatrixDrawing>(
    () => ({
      words: { t: makeQuickText(t), format, now },
      scale,
      compact: size === 'compact',
      squads,
      nameOf: (node: MatrixNode) =>
        node.group
          ? t('matrix.provider', {
              provider: node.name
                ? describeProvider(node.name)
                : t('matrix.noProvider'),
              number: format.number(node.clusters.length),
            })
          : node.name,
    }),
    [t, format, now, scale, size, squads],
  );
  const [aimed, setAimed] = useState<MatrixPlace>();
  const open = ({ row, column }: MatrixPlace) => {
    const spot = spots[row][column];
    if (!spot) return;
    if (spot.group) {
      props.onOpenProviders(
        [rows[row], columns[column]]
          .filter(node => node.group)
          .map(({ name }) => name),
      );
      return;
    }
    const { cell } = spot;
    if (cell.state === 'hidden' || cell.state === 'not-linked') return;
    navigate({
      pathname: paths.pair(cell.from, cell.to),
      search: props.search,
    });
  };
  const grid = useMatrixGrid(layout, { open, aim: setAimed });

  const row = aimed && rows[aimed.row];
  const column = aimed && columns[aimed.column];
  const indexOf = (nodes: MatrixNode[], name?: string) =>
    nodes.findIndex(node => node.name === name);
  return (
    <>
      <MatrixStatus
        words={drawing.words}
        from={row && drawing.nameOf(row)}
        to={column && drawing.nameOf(column)}
        spot={aimed && spots[aimed.row]?.[aimed.column]}
        back={spots[indexOf(rows, column?.name)]?.[indexOf(columns, row?.name)]}
      />
      {/* It scrolls, so the keys have to reach it. */}
      <div
        className="gc-matrix-scroll"
        role="region"
        aria-label={t('matrix.region')}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {/* The handlers are those of the cells, which are reached by Tab. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <table
          {...grid}
          role="grid"
          aria-label={t('matrix.grid')}
          className="gc-matrix"
          data-size={size}
          data-lens={squads !== undefined || undefined}
          style={
            // Laid out without a look at what is in thousands of cells.
            size === 'compact'
              ? { width: `calc(11rem + ${columns.length} * var(--gc-cell))` }
              : undefined
          }
        >
          <colgroup>
            <col />
            {columns.map(({ name }) => (
              <col key={name} />
            ))}
          </colgroup>
          <thead>
            <tr>
              <td>
                <span aria-hidden="true">{t('matrix.corner')}</span>
                <Hidden>{t('matrix.cornerWords')}</Hidden>
              </td>
              {columns.map(node => (
                <th key={node.name} scope="col">
                  {drawing.nameOf(node)}
                </th>
              ))}
            </tr>
          </thead>
          <MatrixBody layout={layout} drawing={drawing} />
        </table>
      </div>
    </>
  );
}
