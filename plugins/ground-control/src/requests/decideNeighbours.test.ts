import { decideNeighbours } from './decideNeighbours';

const list = (...ids: string[]) => ids.map(id => ({ id }));

describe('decideNeighbours', () => {
  it.each([
    ['the first', ['a', 'b', 'c'], 'a', undefined, undefined, 'b', 1],
    ['one between', ['a', 'b', 'c'], 'b', undefined, 'a', 'c', 2],
    ['the last', ['a', 'b', 'c'], 'c', undefined, 'b', undefined, 3],
    ['the only one', ['a'], 'a', undefined, undefined, undefined, 1],
    ['one that left from between', ['a', 'c'], 'b', 2, 'a', 'c', undefined],
    [
      'one that left as the first',
      ['b', 'c'],
      'a',
      1,
      undefined,
      'b',
      undefined,
    ],
    ['one that left as the last', ['a', 'b'], 'c', 3, 'b', 'a', undefined],
    [
      'one that never was there',
      ['a', 'b'],
      'x',
      undefined,
      undefined,
      'a',
      undefined,
    ],
    ['one of an empty list', [], 'x', 4, undefined, undefined, undefined],
  ])('beside %s', (_, ids, id, was, previous, next, place) => {
    expect(decideNeighbours(list(...ids), id, was)).toEqual({
      previous: previous && { id: previous },
      next: next && { id: next },
      ...(place !== undefined && { place }),
    });
  });
});
