import { BoardRow } from '@ground-control/backstage-plugin-ground-control-common';
import { ATTENTIONS, attentionOf } from './attention';
import { BoardState } from './boardState';
import { Scope } from './stateMask';
import { countBehind } from './countBehind';

// Plain comparison: a collator takes tenths of a second on thousands of names.
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function rankOf(row: BoardRow, sort: BoardState['sort'], scope: Scope): number {
  const { columns } = scope;
  switch (sort) {
    case 'attention':
      return ATTENTIONS.indexOf(attentionOf(row, scope));
    case 'age':
      return -Math.max(0, ...columns.map(c => row.cells[c]?.releasedAt ?? 0));
    case 'behind':
      return -Math.max(
        0,
        ...columns.map(c => countBehind(row.cells[c] ?? {}).count),
      );
    default:
      return 0;
  }
}

/**
 * The rows in order: what needs attention, what was released last, or what is
 * furthest behind first; within that by name and namespace.
 */
export function sortRows(
  rows: BoardRow[],
  sort: BoardState['sort'],
  scope: Scope,
): BoardRow[] {
  return rows
    .map(row => ({
      row,
      rank: rankOf(row, sort, scope),
      name: row.service.name.toLowerCase(),
    }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        compare(a.name, b.name) ||
        compare(a.row.service.namespace, b.row.service.namespace),
    )
    .map(({ row }) => row);
}
