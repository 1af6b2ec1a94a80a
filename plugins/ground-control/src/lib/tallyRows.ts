import {
  BoardRow,
  CellState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { hasProblem, isBehind, isBlocked } from './attention';
import { CELL_STATES, hasState, Scope, stateMask } from './stateMask';

/** In how many services each state occurs; a service with two counts in both. */
export type Tally = Record<
  CellState | 'presence' | 'blocked' | 'behind',
  number
>;

/** Counts the states of services in the given part of the board. */
export function tallyRows(rows: BoardRow[], scope: Scope): Tally {
  const tally = { presence: 0, blocked: 0, behind: 0 } as Tally;
  CELL_STATES.forEach(state => {
    tally[state] = 0;
  });
  for (const row of rows) {
    const mask = stateMask(row, scope);
    for (const state of CELL_STATES) {
      if (state !== 'problem' && hasState(mask, state)) tally[state]++;
    }
    if (hasProblem(row, scope)) tally.problem++;
    if (row.presence !== 'both') tally.presence++;
    if (isBlocked(row, scope)) tally.blocked++;
    if (isBehind(row, scope)) tally.behind++;
  }
  return tally;
}
