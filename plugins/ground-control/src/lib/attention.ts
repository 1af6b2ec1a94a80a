import { BoardRow } from '@ground-control/backstage-plugin-ground-control-common';

/** Why a service needs somebody's attention, the worst first. */
export const ATTENTIONS = ['problem', 'presence', 'behind', 'none'] as const;

export type Attention = (typeof ATTENTIONS)[number];

/**
 * The worst that holds of a service in the given columns: something can't be
 * used; it is in the catalog or the config repository alone; it is behind the
 * environment before.
 */
export function attentionOf(row: BoardRow, columns: number[]): Attention {
  if (
    row.problems > 0 ||
    columns.some(column => row.cells[column]?.state === 'problem')
  ) {
    return 'problem';
  }
  if (row.presence !== 'both') {
    return 'presence';
  }
  return columns.some(column => (row.cells[column]?.behind ?? 0) > 0)
    ? 'behind'
    : 'none';
}
