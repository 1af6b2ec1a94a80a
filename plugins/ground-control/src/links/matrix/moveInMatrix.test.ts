import fc from 'fast-check';
import { moveInMatrix } from './moveInMatrix';

const square = (size: number) =>
  Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => i !== j),
  );

describe('moveInMatrix', () => {
  it.each<[string, boolean, [number, number], [number, number] | undefined]>([
    ['ArrowRight', false, [1, 0], [1, 2]],
    ['ArrowLeft', false, [1, 2], [1, 0]],
    ['ArrowDown', false, [0, 1], [2, 1]],
    ['ArrowUp', false, [2, 1], [0, 1]],
    ['ArrowRight', false, [0, 2], undefined],
    ['ArrowLeft', false, [0, 1], undefined],
    ['ArrowUp', false, [1, 0], undefined],
    ['Home', false, [0, 2], [0, 1]],
    ['End', false, [2, 0], [2, 1]],
    ['Home', true, [2, 0], [0, 1]],
    ['End', true, [0, 1], [2, 1]],
    ['ArrowRight', true, [0, 1], undefined],
    ['x', false, [0, 1], undefined],
  ])('%s (ctrl: %s) from %j leads to %j', (key, ctrl, from, to) => {
    const place = moveInMatrix(
      key,
      ctrl,
      { row: from[0], column: from[1] },
      square(3),
    );
    expect(place && [place.row, place.column]).toEqual(to);
  });

  it('never leads where nothing is', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home'];
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.array(fc.tuple(fc.constantFrom(...keys, 'End'), fc.boolean())),
        (spots, pressed) => {
          const row = spots.findIndex(each => each.includes(true));
          fc.pre(row >= 0);
          let at = { row, column: spots[row].indexOf(true) };
          for (const [key, ctrl] of pressed) {
            at = moveInMatrix(key, ctrl, at, spots) ?? at;
            expect(spots[at.row]?.[at.column]).toBe(true);
          }
        },
      ),
    );
  });
});
