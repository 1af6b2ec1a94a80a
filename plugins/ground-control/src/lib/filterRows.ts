import {
  BoardRow,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  attentionOf,
  hasProblem,
  isBehind,
  isBlocked,
  needsAttention,
} from './attention';
import { BoardState } from './boardState';
import { hasState, Scope, stateMask } from './stateMask';

/** Which rows a board shows. */
export interface RowFilter {
  /** Words that all must occur, without regard to case. */
  q: string;
  /** Refs of squads; absent for all. */
  squads?: Set<string>;
  /** Absent for any. */
  state?: BoardState['state'];
  /** The part of the board that counts. */
  scope: Scope;
}

function isInState(
  row: BoardRow,
  state: NonNullable<RowFilter['state']>,
  scope: Scope,
): boolean {
  switch (state) {
    case 'all':
      return true;
    case 'attention':
      return needsAttention(attentionOf(row, scope));
    case 'behind':
      return isBehind(row, scope);
    case 'blocked':
      return isBlocked(row, scope);
    case 'problem':
      return hasProblem(row, scope);
    default:
      return hasState(stateMask(row, scope), state);
  }
}

/** Whether a row is in one of the clusters that were picked. */
function isInClusters(row: BoardRow, { columns, picks }: Scope): boolean {
  return (
    !picks ||
    columns.some(column => {
      const clusters = row.cells[column]?.clusters;
      return clusters && picks[column]?.some(i => clusters[i] !== undefined);
    })
  );
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
    if (!isInClusters(row, filter.scope)) return false;
    if (filter.state && !isInState(row, filter.state, filter.scope)) {
      return false;
    }
    if (!words.length) return true;
    const haystack = haystackOf(row);
    return words.every(word => haystack.includes(word));
  });
}
