import { Board } from '@ground-control/backstage-plugin-ground-control-common';
import { attentionOf } from '../lib/attention';
import { BoardState, UnknownFilter } from '../lib/boardState';
import { filterRows } from '../lib/filterRows';
import { BoardItem, groupRows, listRows } from '../lib/groupRows';
import { sortRows } from '../lib/sortRows';

/** What of a board is shown, decided from its data and state. */
export interface BoardView {
  items: BoardItem[];
  /** Indices of the shown environments. */
  columns: number[];
  /** The squads shown: `mine`, `all` or refs. */
  squad: 'mine' | 'all' | string[];
  grouped: boolean;
  /** Rows that pass every filter. */
  shown: number;
  /** Rows of the shown squads, before the other filters. */
  ofSquads: number;
  attention: number;
  /** Squads and environments of the URL that don't exist. */
  unknown: UnknownFilter[];
}

/**
 * Decides what a board shows. `fixedSquad` is a board of one squad, whatever
 * the URL says.
 */
export function decideView(
  board: Board,
  state: BoardState,
  options: { q: string; collapsed: Set<string>; fixedSquad?: string },
): BoardView {
  const squad = options.fixedSquad
    ? [options.fixedSquad]
    : state.squad ?? (board.mine.length ? 'mine' : 'all');
  const knownSquads = new Set(board.squads.map(({ ref }) => ref));
  const unknown: UnknownFilter[] = [];
  if (Array.isArray(squad) && !options.fixedSquad) {
    squad
      .filter(ref => !knownSquads.has(ref))
      .forEach(value => unknown.push({ key: 'squad', value }));
  }
  state.env
    .filter(name => !board.environments.includes(name))
    .forEach(value => unknown.push({ key: 'env', value }));

  const picked = board.environments
    .map((name, index) => ({ name, index }))
    .filter(({ name }) => state.env.includes(name));
  const columns = picked.length
    ? picked.map(({ index }) => index)
    : board.environments.map((_, index) => index);

  const refsOf = () => {
    if (squad === 'all') return undefined;
    return new Set(squad === 'mine' ? board.mine : squad);
  };
  const ofSquads = filterRows(board.rows, {
    q: '',
    squads: refsOf(),
    attentionOnly: false,
    columns,
  });
  const rows = sortRows(
    filterRows(ofSquads, {
      q: options.q,
      attentionOnly: state.state === 'attention',
      columns,
    }),
    state.sort,
    columns,
  );
  const grouped = state.group
    ? state.group === 'squad'
    : squad === 'all' && !options.fixedSquad;
  return {
    items: grouped
      ? groupRows(rows, board.squads, { collapsed: options.collapsed, columns })
      : listRows(rows),
    columns,
    squad,
    grouped,
    shown: rows.length,
    ofSquads: ofSquads.length,
    attention: rows.filter(row => attentionOf(row, columns) !== 'none').length,
    unknown,
  };
}
