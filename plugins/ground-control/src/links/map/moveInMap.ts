import { MapLayout } from './layoutMap';

const STEPS: Record<string, [column: number, row: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The cluster that an arrow leads to from another; in a shorter column its last. */
export function moveInMap(
  { boxes }: MapLayout,
  name: string,
  key: string,
): string | undefined {
  const at = boxes.find(box => box.cluster.name === name);
  const step = STEPS[key];
  if (!at || !step) return undefined;
  const column = boxes.filter(box => box.column === at.column + step[0]);
  const row = step[0] ? Math.min(at.row, column.length - 1) : at.row + step[1];
  return column.find(box => box.row === row)?.cluster.name;
}
