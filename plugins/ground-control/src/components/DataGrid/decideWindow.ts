/** Rows drawn beyond each edge, so that scrolling meets no gap. */
const OVERSCAN = 6;

/**
 * The indices of the rows to draw: those in sight, some beyond each edge, and
 * `kept`, wherever it lies.
 */
export function decideWindow(window: {
  rows: number;
  /** The first row in sight; what lies beyond the last one counts as that. */
  first: number;
  /** How many fit in sight. */
  fit: number;
  kept: number;
}): number[] {
  const { rows, fit, kept } = window;
  const first = Math.min(window.first, Math.max(0, rows - fit));
  const from = Math.max(0, first - OVERSCAN);
  const to = Math.min(rows, first + fit + OVERSCAN);
  const indices = Array.from({ length: to - from }, (_, i) => from + i);
  if (kept >= 0 && kept < from) return [kept, ...indices];
  if (kept >= to && kept < rows) return [...indices, kept];
  return indices;
}
