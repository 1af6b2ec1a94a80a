import { decideHolds, PlacedBuild } from './decideHolds';

const build = (
  artifactId: string,
  commit: string,
  builtAt: number,
  branch = 'master',
): PlacedBuild => ({ artifactId, commit, builtAt, branch });

describe('decideHolds', () => {
  const one = build('one', 'a', 1);
  const two = build('two', 'b', 2);
  const fix = build('fix', 'f', 2, 'fix');
  const placed = (of: PlacedBuild, firstIn: PlacedBuild) => ({
    ...of,
    firstIn,
  });

  describe('without a source history', () => {
    it.each([
      ['itself', one, 'certain'],
      ['a later build of the main branch', two, 'inferred'],
      ['an earlier one', build('zero', 'z', 0), undefined],
      ['another build of its commit', build('x', 'a', 9, 'x'), 'certain'],
      ['a later build of another branch', fix, undefined],
      ['one of which nothing is known', { artifactId: 'two' }, undefined],
    ])('%s', (_, other, expected) => {
      expect(decideHolds(other, { build: one }, 'master')).toBe(expected);
    });

    it('tells nothing of two builds of another branch', () => {
      const later = build('fix2', 'g', 3, 'fix');
      expect(decideHolds(later, { build: fix }, 'master')).toBeUndefined();
    });
  });

  describe('with one', () => {
    const merged = build('merged', 'm', 3);
    const four = build('four', 'd', 4);
    // CI was done with it after the build of the commit that came after it.
    const late = build('late', 'l', 5);
    it.each([
      ['a later build', placed(four, four), placed(one, one), 'certain'],
      ['an earlier build', placed(one, one), placed(two, two), undefined],
      [
        'the build of a branch’s merge',
        placed(merged, merged),
        placed(fix, merged),
        'certain',
      ],
      [
        'a later build than a branch’s, from before its merge',
        placed(build('q', 'q', 2.5), build('q', 'q', 2.5)),
        placed(fix, merged),
        undefined,
      ],
      [
        'a later build than a branch’s merge',
        placed(four, four),
        placed(fix, merged),
        'certain',
      ],
      [
        'a branch, of a commit that may have come after it left',
        placed(fix, merged),
        placed(one, one),
        undefined,
      ],
      [
        'a build that was late, of a commit before it',
        placed(late, four),
        placed(merged, merged),
        'certain',
      ],
      [
        'a build that was late, of the commit after it',
        placed(late, four),
        placed(four, four),
        undefined,
      ],
      [
        'the build of the commit after one that was late',
        placed(four, four),
        placed(late, four),
        'certain',
      ],
      [
        'a build of a commit that it doesn’t know yet',
        four,
        placed(one, one),
        'inferred',
      ],
      [
        'one from after the merge, of a commit that it doesn’t know',
        four,
        placed(fix, merged),
        'inferred',
      ],
      [
        'one from before the merge, of a commit that it doesn’t know',
        build('q', 'q', 2.5),
        placed(fix, merged),
        undefined,
      ],
    ])('%s', (_, other, sought, expected) => {
      expect(decideHolds(other, { build: sought }, 'master')).toBe(expected);
    });

    it.each([
      ['its own build on a branch', build('fix', 'c', 0, 'fix'), 'certain'],
      ['another build of the same', build('x', 'b', 9), 'certain'],
      ['what came together with it', placed(late, two), undefined],
    ])('a commit by the first build that contains it: %s', (_, other, is) => {
      const sought = { build: placed(two, two), commit: 'c' };
      expect(decideHolds(other, sought, 'master')).toBe(is);
    });
  });
});
