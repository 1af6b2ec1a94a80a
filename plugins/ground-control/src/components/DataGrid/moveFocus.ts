/** A place in a grid: indices of a row and a column. */
export interface GridPlace {
  row: number;
  column: number;
}

const LETTERS: Record<string, string> = {
  h: 'ArrowLeft',
  j: 'ArrowDown',
  k: 'ArrowUp',
  l: 'ArrowRight',
};

/** Where a key leads; undefined when it isn't a key that moves. */
export function moveFocus(
  key: string,
  ctrl: boolean,
  at: GridPlace,
  size: { rows: number; columns: number; page: number },
): GridPlace | undefined {
  const clamp = (value: number, count: number) =>
    Math.max(0, Math.min(count - 1, value));
  const to = (row: number, column: number): GridPlace => ({
    row: clamp(row, size.rows),
    column: clamp(column, size.columns),
  });
  if (ctrl && key !== 'Home' && key !== 'End') return undefined;
  switch (LETTERS[key] ?? key) {
    case 'ArrowLeft':
      return to(at.row, at.column - 1);
    case 'ArrowRight':
      return to(at.row, at.column + 1);
    case 'ArrowUp':
      return to(at.row - 1, at.column);
    case 'ArrowDown':
      return to(at.row + 1, at.column);
    case 'PageUp':
      return to(at.row - size.page, at.column);
    case 'PageDown':
      return to(at.row + size.page, at.column);
    case 'Home':
      return to(ctrl ? 0 : at.row, 0);
    case 'End':
      return to(ctrl ? size.rows - 1 : at.row, size.columns - 1);
    default:
      return undefined;
  }
}
