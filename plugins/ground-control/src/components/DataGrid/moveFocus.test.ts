import fc from 'fast-check';
import { moveFocus } from './moveFocus';

const SIZE = { rows: 100, columns: 4, page: 10 };

describe('moveFocus', () => {
  it.each([
    ['ArrowDown', false, 51, 2],
    ['j', false, 51, 2],
    ['ArrowUp', false, 49, 2],
    ['k', false, 49, 2],
    ['ArrowLeft', false, 50, 1],
    ['h', false, 50, 1],
    ['ArrowRight', false, 50, 3],
    ['l', false, 50, 3],
    ['Home', false, 50, 0],
    ['End', false, 50, 3],
    ['Home', true, 0, 0],
    ['End', true, 99, 3],
    ['PageDown', false, 60, 2],
    ['PageUp', false, 40, 2],
  ])('%s (ctrl %s) leads to %d, %d', (key, ctrl, row, column) => {
    expect(moveFocus(key, ctrl, { row: 50, column: 2 }, SIZE)).toEqual({
      row,
      column,
    });
  });

  it.each([
    ['a', false],
    ['Enter', false],
    ['l', true],
  ])('%s (ctrl %s) is not for moving', (key, ctrl) => {
    expect(moveFocus(key, ctrl, { row: 5, column: 2 }, SIZE)).toBeUndefined();
  });

  it('never leaves the grid', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('j', 'k', 'h', 'l', 'PageUp', 'PageDown', 'End'),
        ),
        keys => {
          let at = { row: 0, column: 0 };
          for (const key of keys) at = moveFocus(key, false, at, SIZE)!;
          expect(at.row >= 0 && at.row < SIZE.rows).toBe(true);
          expect(at.column >= 0 && at.column < SIZE.columns).toBe(true);
        },
      ),
    );
  });
});
