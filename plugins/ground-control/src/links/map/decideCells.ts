import {
  LINK_STATES,
  LinkCell,
} from '@ground-control/backstage-plugin-ground-control-common';

const rankOf = ({ state }: Pick<LinkCell, 'state'>) =>
  LINK_STATES.indexOf(state);

/** Whether a link is worse than normal, or nobody can say that it isn't. */
export function isUnwell(cell: Pick<LinkCell, 'state'>): boolean {
  return rankOf(cell) < LINK_STATES.indexOf('normal');
}

/** Whether there is a link whose state may be told. */
export function isTold({ state }: Pick<LinkCell, 'state'>): boolean {
  return state !== 'not-linked' && state !== 'hidden';
}

/** Worst first; of the same state in the given order. */
export function sortWorstFirst<T extends Pick<LinkCell, 'state'>>(
  cells: T[],
): T[] {
  return [...cells].sort((a, b) => rankOf(a) - rankOf(b));
}

/** The links that are drawn: those of a cluster where one is asked for, else those that aren't well. */
export function decideCells(cells: LinkCell[], cluster?: string): LinkCell[] {
  return sortWorstFirst(
    cells.filter(cell =>
      cluster
        ? isTold(cell) && (cell.from === cluster || cell.to === cluster)
        : isUnwell(cell),
    ),
  );
}
