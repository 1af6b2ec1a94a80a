import {
  Board,
  CellState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { CELL_STATES } from './stateMask';
import { countBehind } from './countBehind';

/** How a squad's services stand in one environment. */
export interface StateCounts {
  environment: string;
  /** How many cells are in each state that occurs, worst first. */
  states: { state: CellState; count: number }[];
  behind: number;
}

/** Counts the states of each environment of a board. */
export function countStates(
  board: Pick<Board, 'environments' | 'rows'>,
): StateCounts[] {
  return board.environments.map((environment, index) => {
    const cells = board.rows.map(row => row.cells[index]);
    const states = CELL_STATES.map(state => ({
      state,
      count: cells.filter(cell => cell.state === state).length,
    }));
    return {
      environment,
      states: states.filter(({ count }) => count > 0),
      behind: cells.filter(cell => countBehind(cell).count > 0).length,
    };
  });
}
