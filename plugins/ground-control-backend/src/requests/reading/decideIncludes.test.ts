import { decideIncludes } from './decideIncludes';

describe('decideIncludes', () => {
  const build = (
    artifactId: string,
    commit: string,
    builtAt?: number,
    branch = 'master',
  ) => ({ artifactId, commit, builtAt, branch });
  const one = build('one', 'a', 1_000);

  it.each([
    ['a later build of the main branch', build('two', 'b', 2_000), true],
    ['an earlier one', build('two', 'b', 500), false],
    ['the same artifact, whenever it was built', build('one', 'a'), true],
    ['another build of its commit', build('two', 'a', 2_000, 'x'), true],
    ['a build of another branch', build('two', 'b', 2_000, 'x'), undefined],
    ['one that nobody knows the time of', build('two', 'b'), undefined],
    ['one that nobody knows', undefined, undefined],
  ])('%s: %#', (_, other, includes) => {
    expect(decideIncludes(other, one, 'master')).toBe(includes);
  });

  it('knows nothing of other branches, which may be written anew', () => {
    const later = build('two', 'b', 2_000);
    expect(decideIncludes(later, one, 'main')).toBeUndefined();
  });
});
