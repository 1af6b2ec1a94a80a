import { findRecommended } from './findRecommended';

describe('findRecommended', () => {
  it.each<[string, Array<[number | undefined, number]>, number | undefined]>([
    ['none of none', [], undefined],
    [
      'the last that stayed well',
      [
        [60, 9e4],
        [7200, 7200],
        [9e4, 9e4],
      ],
      1,
    ],
    [
      'the last, when it did',
      [
        [3600, 3600],
        [9e4, 9e4],
      ],
      0,
    ],
    [
      'none when none did',
      [
        [3599, 9e4],
        [0, 9e4],
      ],
      undefined,
    ],
    [
      'what is known to have stayed well before what only stood',
      [
        [undefined, 9e4],
        [0, 9e4],
        [3600, 3600],
      ],
      2,
    ],
    [
      'the last that stood where none is known to have stayed well',
      [
        [0, 9e4],
        [undefined, 60],
        [undefined, 3600],
        [undefined, 9e4],
      ],
      2,
    ],
  ])('finds %s', (_, stays, index) => {
    const candidates = stays.map(([healthyForSeconds, stayedSeconds]) => ({
      healthyForSeconds,
      stayedSeconds,
    }));
    expect(findRecommended(candidates)).toBe(index);
  });
});
