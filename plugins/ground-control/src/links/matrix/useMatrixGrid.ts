import {
  KeyboardEvent,
  MouseEvent,
  SyntheticEvent,
  useLayoutEffect,
  useRef,
} from 'react';
import { MatrixLayout } from './decideMatrix';
import { MatrixPlace, moveInMatrix } from './moveInMatrix';

const placeOf = (event: SyntheticEvent): MatrixPlace | undefined => {
  const cell = (event.target as Element).closest<HTMLElement>('td[data-at]');
  if (!cell) return undefined;
  const [row, column] = cell.dataset.at!.split(',').map(Number);
  return { row, column };
};

/**
 * Keys, pointer and focus of the matrix: one handler for all cells. What the
 * pointer or the focus is on is marked in the document itself, so that a move
 * over thousands of cells draws none of them anew.
 */
export function useMatrixGrid(
  layout: MatrixLayout,
  on: {
    open(place: MatrixPlace): void;
    /** The place that is pointed at or has the focus; undefined for none. */
    aim(place: MatrixPlace | undefined): void;
  },
) {
  const ref = useRef<HTMLTableElement>(null);
  /** Names of the row and column of the one cell that Tab leads to. */
  const current = useRef<[row: string, column: string]>();
  const stop = useRef<HTMLElement | null>();
  const marked = useRef<Element[]>([]);
  /** Names of the row and column that are pointed at or have the focus. */
  const aimed = useRef<[row: string, column: string]>();

  const cellAt = ({ row, column }: MatrixPlace) =>
    ref.current?.querySelector<HTMLElement>(`td[data-at="${row},${column}"]`);
  const placeOfNames = (row?: string, column?: string) => ({
    row: layout.rows.findIndex(({ name }) => name === row),
    column: layout.columns.findIndex(({ name }) => name === column),
  });
  const namesOf = ({ row, column }: MatrixPlace): [string, string] => [
    layout.rows[row].name,
    layout.columns[column].name,
  ];
  const makeStop = (cell: HTMLElement | null | undefined) => {
    if (stop.current) stop.current.tabIndex = -1;
    if (cell) cell.tabIndex = 0;
    stop.current = cell;
  };
  const aim = (place?: MatrixPlace) => {
    for (const element of marked.current) {
      element.removeAttribute('data-on');
      element.removeAttribute('data-back');
    }
    marked.current = [];
    aimed.current = place && namesOf(place);
    const table = ref.current;
    on.aim(place);
    if (!place || !table) return;
    const mark = (element: Element | null | undefined, name: string) => {
      if (!element) return;
      element.setAttribute(name, '');
      marked.current.push(element);
    };
    mark(cellAt(place)?.parentElement, 'data-on');
    mark(
      table.querySelector('colgroup')?.children[place.column + 1],
      'data-on',
    );
    mark(table.tHead?.rows[0].cells[place.column + 1], 'data-on');
    const [row, column] = namesOf(place);
    mark(cellAt(placeOfNames(column, row)), 'data-back');
  };

  useLayoutEffect(() => {
    const place = placeOfNames(...(current.current ?? []));
    makeStop(
      cellAt(place) ?? ref.current?.querySelector<HTMLElement>('td[data-at]'),
    );
    // What was marked may stand elsewhere now, or be gone.
    if (aimed.current) {
      const to = placeOfNames(...aimed.current);
      aim(cellAt(to) ? to : undefined);
    }
    // Only where the cells are others.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [layout]);

  const onFocus = (event: SyntheticEvent) => {
    const place = placeOf(event);
    if (!place) return;
    current.current = namesOf(place);
    makeStop(cellAt(place));
    aim(place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = placeOf(event);
    if (!at || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      on.open(at);
      return;
    }
    const to = moveInMatrix(event.key, event.ctrlKey, at, layout.spots);
    const cell = to && cellAt(to);
    if (!cell) return;
    event.preventDefault();
    cell.focus();
  };
  return {
    ref,
    onFocus,
    onKeyDown,
    onBlur: () => aim(undefined),
    onClick: (event: MouseEvent) => {
      const place = placeOf(event);
      if (place) on.open(place);
    },
    onMouseOver: (event: MouseEvent) => {
      const place = placeOf(event);
      if (place) aim(place);
    },
    onMouseLeave: () => aim(undefined),
  };
}
