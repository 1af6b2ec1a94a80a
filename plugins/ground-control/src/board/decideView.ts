import { Board } from '@ground-control/backstage-plugin-ground-control-common';
import { attentionOf, needsAttention } from '../lib/attention';
import { BoardState } from '../lib/boardState';
import { filterRows } from '../lib/filterRows';
import { BoardItem, groupRows, listRows } from '../lib/groupRows';
import { Tally, tallyRows } from '../lib/tallyRows';
import { BoardRows } from './decideRows';

/** What of a board is shown, decided from its data and state. */
export interface BoardView extends Omit<BoardRows, 'rows'> {
  items: BoardItem[];
  grouped: boolean;
  /** Rows that pass every filter. */
  shown: number;
  attention: number;
  /** Of the rows that pass every filter. */
  counts: Tally;
}

/** Decides what a board shows of its rows. */
export function decideView(
  board: Board,
  chosen: BoardRows,
  options: {
    q: string;
    collapsed: Set<string>;
    /** Absent: grouped where all squads are shown. */
    group?: BoardState['group'];
  },
): BoardView {
  const { rows: all, ...rest } = chosen;
  const { scope, squad } = chosen;
  const rows = filterRows(all, { q: options.q, scope });
  const grouped = options.group ? options.group === 'squad' : squad === 'all';
  return {
    ...rest,
    items: grouped
      ? groupRows(rows, board.squads, { collapsed: options.collapsed, scope })
      : listRows(rows),
    grouped,
    shown: rows.length,
    attention: rows.filter(row => needsAttention(attentionOf(row, scope)))
      .length,
    counts: tallyRows(rows, scope),
  };
}
