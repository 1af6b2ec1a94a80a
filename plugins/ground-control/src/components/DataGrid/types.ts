import { KeyboardEvent, ReactNode } from 'react';

/** To be spread on the one control of a cell that takes the focus. */
export interface FocusProps {
  tabIndex: number;
  'data-gc-focus': '';
}

export interface DataGridItem {
  /** Names the item for as long as it lives, wherever it stands. */
  key: string;
}

export interface DataGridColumn<T> {
  id: string;
  header: ReactNode;
  /** Pixels below which the grid scrolls sideways rather than shrink. */
  minWidth: number;
  /** Its share of the room that is left. */
  grow: number;
  /** Whether it names the row. */
  rowHeader?: boolean;
  render(item: T, focus: FocusProps): ReactNode;
}

export interface DataGridProps<T extends DataGridItem> {
  label: string;
  items: T[];
  columns: DataGridColumn<T>[];
  rowHeight: number;
  headerHeight: number;
  /** Draws an item over all columns; undefined for one with cells. */
  renderWide?(item: T): ((focus: FocusProps) => ReactNode) | undefined;
  /** Gets every key that the grid itself has no use for; says whether it had one. */
  onKey?(event: KeyboardEvent, item: T, column: string): boolean;
  /** Pixels to leave below the grid, down to the window's edge. */
  bottomGap?: number;
}
