import { Build, countBehind } from './behind';

const build = (builtAt: number | null, branch: string | null = 'master') => ({
  branch,
  builtAt,
});
const at = (artifactId: string, b: Build) => ({ artifactId, ...b });
const builds = [1, 2, 3, 4].map(n => build(n)).concat(build(3, 'feature'));

describe('countBehind', () => {
  it.each<
    [
      string,
      ReturnType<typeof at> | undefined,
      ReturnType<typeof at> | undefined,
      number | null,
    ]
  >([
    ['three builds later', at('a', build(1)), at('d', build(4)), 3],
    ['the next build', at('c', build(3)), at('d', build(4)), 1],
    ['the same artifact', at('a', build(null)), at('a', build(null)), 0],
    ['ahead of it', at('d', build(4)), at('b', build(2)), 0],
    ['another branch', at('a', build(1)), at('f', build(3, 'feature')), null],
    ['no branch', at('a', build(1, null)), at('b', build(2, null)), null],
    ['no time of build', at('a', build(null)), at('b', build(2)), null],
    ['nothing released here', undefined, at('b', build(2)), null],
    ['nothing released before', at('b', build(2)), undefined, null],
  ])('counts %s', (_, own, before, expected) => {
    expect(countBehind(builds, own, before)).toBe(expected);
  });
});
