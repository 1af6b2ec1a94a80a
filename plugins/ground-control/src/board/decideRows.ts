import {
  Board,
  BoardRow,
} from '@ground-control/backstage-plugin-ground-control-common';
import { BoardState, UnknownFilter } from '../lib/boardState';
import { filterRows } from '../lib/filterRows';
import { sortRows } from '../lib/sortRows';

/** The rows that a board's choices leave, before the text filter. */
export interface BoardRows {
  /** In order. */
  rows: BoardRow[];
  /** Indices of the shown environments. */
  columns: number[];
  /** The squads shown: `mine`, `all` or refs. */
  squad: 'mine' | 'all' | string[];
  /** Rows of the shown squads, before the other filters. */
  ofSquads: number;
  /** Squads and environments of the URL that don't exist. */
  unknown: UnknownFilter[];
}

/**
 * Decides everything that doesn't change while one types. `fixedSquad` is a
 * board of one squad, whatever the URL says.
 */
export function decideRows(
  board: Board,
  filters: BoardState,
  fixedSquad?: string,
): BoardRows {
  const squad = fixedSquad
    ? [fixedSquad]
    : filters.squad ?? (board.mine.length ? 'mine' : 'all');
  const knownSquads = new Set(board.squads.map(({ ref }) => ref));
  const unknown: UnknownFilter[] = [];
  if (Array.isArray(squad) && !fixedSquad) {
    squad
      .filter(ref => !knownSquads.has(ref))
      .forEach(value => unknown.push({ key: 'squad', value }));
  }
  filters.env
    .filter(name => !board.environments.includes(name))
    .forEach(value => unknown.push({ key: 'env', value }));

  const picked = board.environments
    .map((name, index) => ({ name, index }))
    .filter(({ name }) => filters.env.includes(name));
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
  const wanted = filterRows(ofSquads, {
    q: '',
    attentionOnly: filters.state === 'attention',
    columns,
  });
  return {
    rows: sortRows(wanted, filters.sort, columns),
    columns,
    squad,
    ofSquads: ofSquads.length,
    unknown,
  };
}
