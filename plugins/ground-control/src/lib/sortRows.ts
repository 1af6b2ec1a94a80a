import { BoardRow } from '@ground-control/backstage-plugin-ground-control-common';
import { ATTENTIONS, attentionOf } from './attention';
import { BoardState } from './boardState';

// Plain comparison: a collator takes tenths of a second on thousands of names.
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function rankOf(
  row: BoardRow,
  sort: BoardState['sort'],
  columns: number[],
): number {
  switch (sort) {
    case 'attention':
      return ATTENTIONS.indexOf(attentionOf(row, columns));
    case 'age':
      return -Math.max(0, ...columns.map(c => row.cells[c]?.releasedAt ?? 0));
    case 'behind':
      return -Math.max(0, ...columns.map(c => row.cells[c]?.behind ?? 0));
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
  columns: number[],
): BoardRow[] {
  return rows
    .map(row => ({
      row,
      rank: rankOf(row, sort, columns),
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
