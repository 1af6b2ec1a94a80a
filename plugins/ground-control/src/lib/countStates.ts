import { Board } from '@ground-control/backstage-plugin-ground-control-common';

/** How a squad's services stand in one environment. */
export interface StateCounts {
  environment: string;
  recorded: number;
  problem: number;
  notReleased: number;
  behind: number;
}

/** Counts the states of each environment of a board. */
export function countStates(
  board: Pick<Board, 'environments' | 'rows'>,
): StateCounts[] {
  return board.environments.map((environment, index) => {
    const cells = board.rows.map(row => row.cells[index]);
    const count = (state: string) =>
      cells.filter(cell => cell.state === state).length;
    return {
      environment,
      recorded: count('recorded'),
      problem: count('problem'),
      notReleased: count('not-released'),
      behind: cells.filter(cell => (cell.behind ?? 0) > 0).length,
    };
  });
}
