import {
  BoardCell,
  BoardRow,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A row of a board for tests: fine in every environment unless told otherwise. */
export function makeRow(
  name: string,
  part: Partial<Omit<BoardRow, 'cells'>> & {
    cells?: Partial<BoardCell>[];
  } = {},
): BoardRow {
  const { cells, ...rest } = part;
  return {
    service: { namespace: 'ns', name },
    presence: 'both',
    problems: 0,
    squad: 'group:default/pay',
    ...rest,
    cells: (cells ?? [{}, {}, {}]).map(cell => ({
      state: 'recorded',
      ...cell,
    })),
  };
}
