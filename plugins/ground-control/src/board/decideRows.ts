import {
  Board,
  BoardRow,
} from '@ground-control/backstage-plugin-ground-control-common';
import { BoardState } from '../lib/boardState';
import { filterRows } from '../lib/filterRows';
import { sortRows } from '../lib/sortRows';
import { Scope } from '../lib/stateMask';
import { UnknownFilter } from '../lib/urlState';

/** The rows that a board's choices leave, before the text filter. */
export interface BoardRows {
  /** In order. */
  rows: BoardRow[];
  /** The shown environments, and the clusters that count in them. */
  scope: Scope;
  /** The squads shown: `mine`, `all` or refs. */
  squad: 'mine' | 'all' | string[];
  /** Rows of the shown squads, before the other filters. */
  ofSquads: number;
  /** Squads, environments and clusters of the URL that don't exist. */
  unknown: UnknownFilter[];
}

/** What of the board is looked at: unknown environments and clusters count as not named. */
function decideScope(board: Board, filters: BoardState): Scope {
  const all = board.environments.map((_, index) => index);
  const named = all.filter(i => filters.env.includes(board.environments[i]));
  const columns = named.length ? named : all;
  const picks: Record<number, number[]> = {};
  for (const column of columns) {
    const picked = board.clusters
      .filter(({ environment }) => environment === board.environments[column])
      .flatMap(({ name }, i) => (filters.cluster.includes(name) ? [i] : []));
    if (picked.length) picks[column] = picked;
  }
  const ofClusters = columns.filter(column => picks[column]);
  return ofClusters.length ? { columns: ofClusters, picks } : { columns };
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

  const scope = decideScope(board, filters);
  filters.cluster
    .filter(name => !board.clusters.some(cluster => cluster.name === name))
    .forEach(value => unknown.push({ key: 'cluster', value }));

  const refsOf = () => {
    if (squad === 'all') return undefined;
    return new Set(squad === 'mine' ? board.mine : squad);
  };
  const ofSquads = filterRows(board.rows, {
    q: '',
    squads: refsOf(),
    scope,
  });
  const wanted = filterRows(ofSquads, { q: '', state: filters.state, scope });
  return {
    rows: sortRows(wanted, filters.sort, scope),
    scope,
    squad,
    ofSquads: ofSquads.length,
    unknown,
  };
}
