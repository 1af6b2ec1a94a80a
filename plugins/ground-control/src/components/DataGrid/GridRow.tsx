import { memo } from 'react';
import { DataGridColumn, DataGridItem, FocusProps } from './types';

const FOCUSED: FocusProps = { tabIndex: 0, 'data-gc-focus': '' };
const UNFOCUSED: FocusProps = { tabIndex: -1, 'data-gc-focus': '' };

interface GridRowProps<T extends DataGridItem> {
  item: T;
  index: number;
  top: number;
  height: number;
  columns: DataGridColumn<T>[];
  /** The column with the grid's tab stop; -1 when the row hasn't got it. */
  activeColumn: number;
  renderWide?(item: T): ((focus: FocusProps) => React.ReactNode) | undefined;
}

function GridRowInner<T extends DataGridItem>(props: GridRowProps<T>) {
  const { item, index, columns, activeColumn } = props;
  const wide = props.renderWide?.(item);
  return (
    <div
      role="row"
      // The header is row 1.
      aria-rowindex={index + 2}
      className="gc-grid-row"
      style={{
        height: props.height,
        transform: `translateY(${props.top}px)`,
      }}
      data-gc-row={index}
    >
      {wide ? (
        <div
          role="gridcell"
          aria-colindex={1}
          aria-colspan={columns.length}
          className="gc-grid-cell gc-grid-wide"
        >
          {wide(activeColumn >= 0 ? FOCUSED : UNFOCUSED)}
        </div>
      ) : (
        columns.map((column, i) => (
          <div
            key={column.id}
            role={column.rowHeader ? 'rowheader' : 'gridcell'}
            aria-colindex={i + 1}
            className="gc-grid-cell"
            data-gc-column={i}
          >
            {column.render(item, i === activeColumn ? FOCUSED : UNFOCUSED)}
          </div>
        ))
      )}
    </div>
  );
}

// Scrolling and moving the focus draw only the rows that they change.
export const GridRow = memo(GridRowInner) as typeof GridRowInner;
