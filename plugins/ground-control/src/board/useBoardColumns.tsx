import { useMemo } from 'react';
import {
  Board,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterPips } from '../components/ClusterPips';
import { DataGridColumn } from '../components/DataGrid';
import { Hidden } from '../components/Hidden';
import { Selection } from '../ask/useSelection';
import { usePagesText } from '../hooks/usePagesText';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { OpenCell } from '../lib/boardState';
import { findBefore } from '../lib/findBefore';
import { BoardItem } from '../lib/groupRows';
import { shortName } from '../lib/shortName';
import { BoardCellContent } from './BoardCellContent';
import { BoardServiceName } from './BoardServiceName';
import { BoardTick } from './BoardTick';

/**
 * `wide`: all; `snug`: no names; `medium`: glyph and commit; `narrow`: one
 * environment.
 */
export type BoardLayout = 'wide' | 'snug' | 'medium' | 'narrow';

const NO_ROW = null;

const NAME_WIDTH = { wide: 200, snug: 200, medium: 140, narrow: 130 };
const CELL_WIDTH = { wide: 190, snug: 160, medium: 116, narrow: 176 };

const PIP_WIDTH = 12;

/**
 * The room that pips take in all columns, in pixels: none where an environment
 * has one cluster, because its state is the cell's.
 */
export function widthOfPips(board: Board, columns: number[]): number {
  return columns.reduce((sum, column) => {
    const count = clustersOf(board, board.environments[column]).length;
    return sum + (count > 1 ? count * PIP_WIDTH + 6 : 0);
  }, 0);
}

function clustersOf(board: Board, environment: string): string[] {
  return board.clusters
    .filter(cluster => cluster.environment === environment)
    .map(({ name }) => name);
}

const DETAIL = {
  wide: 'full',
  snug: 'some',
  medium: 'brief',
  narrow: 'some',
} as const;

/** The board's columns: service, squad where rows aren't grouped by it, environments. */
export function useBoardColumns(options: {
  board: Board;
  columns: number[];
  grouped: boolean;
  oneSquad: boolean;
  layout: BoardLayout;
  /** How much larger than usual text is. */
  scale: number;
  onOpen(cell: OpenCell): void;
  marked?: OpenCell;
  selection: Selection;
}): DataGridColumn<BoardItem>[] {
  const pt = usePagesText();
  const { board, columns, grouped, oneSquad, layout, scale, onOpen, marked } =
    options;
  const { selection } = options;
  const paths = useReleasesPath();
  return useMemo(() => {
    const titles = new Map(
      board.squads.map(({ ref, title }) => [ref, title] as const),
    );
    const name: DataGridColumn<BoardItem> = {
      id: 'service',
      header: pt('board.service'),
      minWidth: NAME_WIDTH[layout] * scale,
      grow: layout === 'wide' || layout === 'snug' ? 1.3 : 1,
      rowHeader: true,
      render: (item, focus) =>
        item.kind === 'row' ? (
          <BoardServiceName
            row={item.row}
            to={paths.service(item.row.service)}
            focus={focus}
          />
        ) : (
          NO_ROW
        ),
    };
    const squad: DataGridColumn<BoardItem> = {
      id: 'squad',
      header: pt('scope.squad'),
      minWidth: 100 * scale,
      grow: 0.6,
      render: (item, focus) => {
        const ref = item.kind === 'row' ? item.row.squad : undefined;
        return (
          <span className="gc-grid-control gc-quiet" {...focus}>
            <span className="gc-clip gc-small">
              {ref ? titles.get(ref) ?? shortName(ref) : pt('board.noSquad')}
            </span>
          </span>
        );
      },
    };
    const environments = columns.map<DataGridColumn<BoardItem>>(index => {
      const environment = board.environments[index];
      const clusters = clustersOf(board, environment);
      const pips = widthOfPips(board, [index]);
      return {
        id: `env:${environment}`,
        header: (
          <span className="gc-clip" title={clusters.join('\n') || undefined}>
            {environment}
          </span>
        ),
        minWidth: (CELL_WIDTH[layout] + pips) * scale,
        grow: 1 + pips / 150,
        render: (item, focus) => {
          if (item.kind !== 'row') return NO_ROW;
          const { service, cells } = item.row;
          const cell = cells[index];
          const isMarked =
            marked?.environment === environment &&
            marked.service.name === service.name &&
            marked.service.namespace === service.namespace;
          return (
            <button
              type="button"
              {...focus}
              className={
                cell.state === 'stale'
                  ? 'gc-grid-control gc-hatch'
                  : 'gc-grid-control'
              }
              data-marked={isMarked || undefined}
              onClick={() => onOpen({ service, environment })}
            >
              <BoardCellContent
                cell={cell}
                before={findBefore(board.environments, cells, index)}
                detail={DETAIL[layout]}
                pips={
                  pips > 0 &&
                  cell.clusters && (
                    <ClusterPips names={clusters} states={cell.clusters} />
                  )
                }
              />
            </button>
          );
        },
      };
    });
    const withSquad = !grouped && !oneSquad && layout === 'wide';
    const select: DataGridColumn<BoardItem> = {
      id: 'select',
      header: <Hidden>{pt('ask.column')}</Hidden>,
      minWidth: 40,
      grow: 0,
      render: (item, focus) =>
        item.kind === 'row' ? (
          <BoardTick
            {...focus}
            label={pt('ask.tick', {
              service: formatServiceRef(item.row.service),
            })}
            ticked={selection.has(item.row.service)}
            onTick={() => selection.tick(item.row.service)}
          />
        ) : (
          NO_ROW
        ),
    };
    return [
      ...(selection.on ? [select] : []),
      name,
      ...(withSquad ? [squad] : []),
      ...environments,
    ];
  }, [
    board,
    columns,
    grouped,
    oneSquad,
    layout,
    scale,
    onOpen,
    marked,
    paths,
    pt,
    selection,
  ]);
}
