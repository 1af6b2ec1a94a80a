import {
  BoardRow,
  CellState,
  CLUSTER_SERVICE_STATES,
} from '@ground-control/backstage-plugin-ground-control-common';

/** Every state of a cell, worst first. */
export const CELL_STATES: readonly CellState[] = [
  'problem',
  ...CLUSTER_SERVICE_STATES,
  'recorded',
  'not-released',
];

/** The part of a board that is looked at. */
export interface Scope {
  /** Indices of environments. */
  columns: number[];
  /**
   * By column: the indices of the clusters that count, among those of the
   * environment. Absent for all.
   */
  picks?: Record<number, number[]>;
}

const BITS = Object.fromEntries(
  CELL_STATES.map((state, index) => [state, 1 << index]),
) as Record<CellState, number>;

/**
 * The states that occur in a row, as a set of bits: thousands of rows are
 * looked at for every key that somebody presses. A cluster's state counts also
 * where another cluster's is worse.
 */
export function stateMask(row: BoardRow, scope: Scope): number {
  let mask = 0;
  for (const column of scope.columns) {
    const cell = row.cells[column];
    if (!cell) continue;
    const { clusters } = cell;
    if (!clusters || cell.state === 'problem') mask |= BITS[cell.state];
    if (!clusters) continue;
    const picked = scope.picks?.[column];
    for (let i = 0; i < clusters.length; i++) {
      if (!picked || picked.includes(i)) mask |= BITS[clusters[i]];
    }
  }
  return mask;
}

/** Whether a state is in a set that {@link stateMask} made. */
export function hasState(mask: number, state: CellState): boolean {
  return (mask & BITS[state]) !== 0;
}
