import {
  BoardRow,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { attentionOf } from './attention';

/** Which rows a board shows. */
export interface RowFilter {
  /** Words that all must occur, without regard to case. */
  q: string;
  /** Refs of squads; absent for all. */
  squads?: Set<string>;
  attentionOnly: boolean;
  /** Indices of the environments that count. */
  columns: number[];
}

// A row is a value that never changes, so what it is searched by is made once.
const haystacks = new WeakMap<BoardRow, string>();

function haystackOf(row: BoardRow): string {
  let haystack = haystacks.get(row);
  if (haystack === undefined) {
    haystack = [
      formatServiceRef(row.service),
      row.squad,
      row.artifactSquad,
      ...row.cells.flatMap(cell => [
        cell.artifactId,
        cell.commit,
        cell.branch,
        cell.releasedBy,
      ]),
    ]
      .filter(Boolean)
      .join('\n')
      .toLowerCase();
    haystacks.set(row, haystack);
  }
  return haystack;
}

/** The rows that the filter lets through, in their order. */
export function filterRows(rows: BoardRow[], filter: RowFilter): BoardRow[] {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(row => {
    if (filter.squads && !(row.squad && filter.squads.has(row.squad))) {
      return false;
    }
    if (filter.attentionOnly && attentionOf(row, filter.columns) === 'none') {
      return false;
    }
    if (!words.length) return true;
    const haystack = haystackOf(row);
    return words.every(word => haystack.includes(word));
  });
}
