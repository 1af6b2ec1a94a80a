import {
  CSSProperties,
  FocusEvent,
  KeyboardEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useShortcuts } from '../../hooks/useShortcuts';
import { GridRow } from './GridRow';
import { moveFocus } from './moveFocus';
import { DataGridItem, DataGridProps } from './types';
import { useFillHeight } from './useFillHeight';
import { useRowWindow } from './useRowWindow';

/**
 * A grid of thousands of rows that draws those in sight. It is one tab stop;
 * arrows (or h j k l) move within. The focused row stays drawn when it is
 * scrolled out of sight, because the focus would be lost with it, and the
 * focus follows a row that changes its place.
 */
export function DataGrid<T extends DataGridItem>(props: DataGridProps<T>) {
  const { items, columns, rowHeight, headerHeight } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const height = useFillHeight(scroller, props.bottomGap ?? 24);
  const [active, setActive] = useState<{ key: string; column: number }>();
  const wantsFocus = useRef(false);
  const { on: letters } = useShortcuts();

  const indexOfKey = useMemo(
    () => new Map(items.map((item, index) => [item.key, index])),
    [items],
  );
  const activeRow = (active && indexOfKey.get(active.key)) ?? 0;
  const activeColumn = Math.min(active?.column ?? 0, columns.length - 1);

  const { indices, reveal } = useRowWindow(scroller, {
    rows: items.length,
    rowHeight,
    headerHeight,
    height,
    kept: activeRow,
  });

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const row = scroller.current?.querySelector(`[data-gc-row="${activeRow}"]`);
    const cell =
      row?.querySelector(`[data-gc-column="${activeColumn}"]`) ?? row;
    cell
      ?.querySelector<HTMLElement>('[data-gc-focus]')
      ?.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const item = items[activeRow];
    const target = event.target as HTMLElement;
    if (!item || event.altKey || event.metaKey) return;
    if (!letters && event.key.length === 1) return;
    if (!target.closest('[data-gc-focus]')) return;
    const place = moveFocus(
      event.key,
      event.ctrlKey,
      { row: activeRow, column: activeColumn },
      {
        rows: items.length,
        columns: columns.length,
        page: Math.max(1, Math.floor((height ?? 720) / rowHeight) - 2),
      },
    );
    if (place) {
      event.preventDefault();
      wantsFocus.current = true;
      setActive({ key: items[place.row].key, column: place.column });
      reveal(place.row);
    } else if (
      !event.ctrlKey &&
      props.onKey?.(event, item, columns[activeColumn].id)
    ) {
      event.preventDefault();
    }
  };

  const onFocus = (event: FocusEvent<HTMLDivElement>) => {
    const row = event.target.closest<HTMLElement>('[data-gc-row]');
    const item = row && items[Number(row.dataset.gcRow)];
    if (!item) return;
    const cell = event.target.closest<HTMLElement>('[data-gc-column]');
    const column = cell ? Number(cell.dataset.gcColumn) : activeColumn;
    if (item.key !== active?.key || column !== active.column) {
      setActive({ key: item.key, column });
    }
  };

  const minWidth = columns.reduce((sum, column) => sum + column.minWidth, 0);
  const template = columns
    .map(column => `minmax(${column.minWidth}px,${column.grow}fr)`)
    .join(' ');
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={-1}
      aria-label={props.label}
      aria-rowcount={items.length + 1}
      aria-colcount={columns.length}
      className="gc-grid"
      style={
        {
          // Before it is measured too: without a limit all rows would be drawn.
          maxHeight: height ?? '70vh',
          scrollPaddingTop: headerHeight,
          '--gc-columns': template,
        } as CSSProperties
      }
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <div role="rowgroup" className="gc-grid-head" style={{ minWidth }}>
        <div
          role="row"
          aria-rowindex={1}
          className="gc-grid-row"
          style={{ height: headerHeight }}
        >
          {columns.map((column, i) => (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={i + 1}
              className="gc-grid-cell"
            >
              {column.header}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className="gc-grid-body"
        style={{ height: items.length * rowHeight, minWidth }}
      >
        {indices.map(index => (
          <GridRow
            key={items[index].key}
            item={items[index]}
            index={index}
            top={index * rowHeight}
            height={rowHeight}
            columns={columns}
            activeColumn={index === activeRow ? activeColumn : -1}
            renderWide={props.renderWide}
          />
        ))}
      </div>
    </div>
  );
}
