/** A place in the matrix. */
export interface MatrixPlace {
  row: number;
  column: number;
}

const STEPS: Record<string, [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Where a key leads, over places that hold nothing, such as the diagonal;
 * undefined where it leads nowhere.
 */
export function moveInMatrix(
  key: string,
  ctrl: boolean,
  at: MatrixPlace,
  spots: readonly (readonly unknown[])[],
): MatrixPlace | undefined {
  const go = (from: MatrixPlace, [down, right]: [number, number]) => {
    let { row, column } = from;
    while (spots[row] && column >= 0 && column < spots[row].length) {
      if (spots[row][column]) return { row, column };
      row += down;
      column += right;
    }
    return undefined;
  };
  const step = STEPS[key];
  if (step) {
    if (ctrl) return undefined;
    return go({ row: at.row + step[0], column: at.column + step[1] }, step);
  }
  const last = { row: spots.length - 1, column: spots[at.row].length - 1 };
  if (key === 'Home') {
    return go({ row: ctrl ? 0 : at.row, column: 0 }, [0, 1]);
  }
  if (key === 'End') {
    return go({ row: ctrl ? last.row : at.row, column: last.column }, [0, -1]);
  }
  return undefined;
}
