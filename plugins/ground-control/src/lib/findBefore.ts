import { BoardCell } from '@ground-control/backstage-plugin-ground-control-common';

/** The environment that a cell is compared with: the last before it where the service is released. */
export function findBefore(
  environments: readonly string[],
  cells: readonly BoardCell[],
  index: number,
): string | undefined {
  return environments.findLast(
    (_, i) => i < index && cells[i].releasedAt !== undefined,
  );
}
