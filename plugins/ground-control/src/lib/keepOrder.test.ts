import fc from 'fast-check';
import { keepOrder } from './keepOrder';

const item = (key: string, value = 0) => ({ key, value });
const list = (text: string, value = 0) =>
  [...text].map(key => item(key, value));

describe('keepOrder', () => {
  it.each([
    ['abc', 'abc', 0],
    ['abc', 'bac', 2],
    ['abc', 'ab', 1],
    ['ab', 'abc', 1],
    ['ab', 'cb', 2],
    ['', 'ab', 2],
  ])('shown %s, next %s: %d would change', (shown, next, changed) => {
    const kept = keepOrder(list(shown), list(next));
    expect(kept.changed).toBe(changed);
  });

  it('shows new values in the old order, and keeps what is gone', () => {
    expect(keepOrder(list('abc'), list('dca', 1)).items).toEqual([
      item('a', 1),
      item('b', 0),
      item('c', 1),
    ]);
  });

  it('never moves a shown item', () => {
    const keys = fc.uniqueArray(fc.constantFrom(...'abcdefgh'));
    fc.assert(
      fc.property(keys, keys, (shown, next) => {
        const kept = keepOrder(list(shown.join('')), list(next.join(''), 1));
        expect(kept.items.map(({ key }) => key)).toEqual(shown);
        expect(kept.changed === 0).toBe(shown.join() === next.join());
      }),
    );
  });
});
