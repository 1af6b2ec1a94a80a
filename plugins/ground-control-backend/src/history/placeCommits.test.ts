import * as fc from 'fast-check';
import { placeCommits } from './placeCommits';
import { Build } from './types';

const build = (
  artifactId: string,
  commit: string,
  builtAt: number,
  branch = 'master',
): Build => ({ artifactId, commit, builtAt, branch });
const line = [
  { commit: 'd', parents: ['c', 's'] },
  { commit: 's', parents: ['b'] },
  { commit: 'c', parents: ['b'] },
  { commit: 'b', parents: ['a'] },
];

describe('placeCommits', () => {
  it.each<[string, Build[], Record<string, string>]>([
    ['nothing without builds', [], {}],
    [
      'all in the first build that contains them',
      [build('two', 'd', 2), build('one', 'b', 1)],
      { b: 'one', c: 'two', s: 'two', d: 'two' },
    ],
    [
      'in the build of the main branch, though another was earlier',
      [build('early', 's', 1, 'feature'), build('main', 'd', 5)],
      { b: 'main', c: 'main', s: 'main', d: 'main' },
    ],
    [
      'in the build of a branch while there is no other',
      [build('early', 's', 1, 'feature'), build('main', 'b', 5)],
      { b: 'main', s: 'early' },
    ],
    [
      'in the first of two builds of one commit',
      [build('plan-2', 'b', 2), build('plan-1', 'b', 1)],
      { b: 'plan-1' },
    ],
    [
      'nothing of a commit that isn’t there',
      [build('gone', 'zzz', 1), build('one', 'b', 2)],
      { b: 'one' },
    ],
  ])('places %s', (_, builds, placed) => {
    const found = placeCommits(builds, line, 'master');
    expect(Object.fromEntries(found)).toEqual(placed);
  });

  /** Commits whose parents come before them, and builds of some of them. */
  const histories = fc.integer({ min: 1, max: 25 }).chain(size =>
    fc.record({
      commits: fc.tuple(
        ...Array.from({ length: size }, (_, i) =>
          fc
            .uniqueArray(fc.nat(Math.max(0, i - 1)), { maxLength: i && 2 })
            .map(parents => ({ commit: `${i}`, parents: parents.map(String) })),
        ),
      ),
      builds: fc.uniqueArray(
        fc.record({
          artifactId: fc.stringMatching(/^[a-z]{2}$/),
          commit: fc.nat(size - 1).map(String),
          builtAt: fc.nat(9),
          branch: fc.constantFrom('master', 'feature', null),
        }),
        { selector: one => one.artifactId, maxLength: 8 },
      ),
    }),
  );

  it('places each commit in one build that contains it and that no other comes before', () => {
    fc.assert(
      fc.property(histories, ({ commits, builds }) => {
        const parentsOf = new Map(commits.map(c => [c.commit, c.parents]));
        const contains = (from: string, wanted: string): boolean =>
          from === wanted ||
          parentsOf.get(from)!.some(parent => contains(parent, wanted));
        const placed = placeCommits(builds, commits, 'master');
        for (const { commit } of commits) {
          const holders = builds.filter(one => contains(one.commit, commit));
          const rank = (one: Build) =>
            (one.branch === 'master' ? 0 : 100) + one.builtAt;
          const [best] = holders.sort(
            (x, y) =>
              rank(x) - rank(y) || (x.artifactId < y.artifactId ? -1 : 1),
          );
          expect(placed.get(commit)).toBe(best?.artifactId);
        }
      }),
    );
  });

  it('depends on no order', () => {
    fc.assert(
      fc.property(
        histories.chain(history =>
          fc.record({
            history: fc.constant(history),
            commits: fc.shuffledSubarray(history.commits, {
              minLength: history.commits.length,
            }),
            builds: fc.shuffledSubarray(history.builds, {
              minLength: history.builds.length,
            }),
          }),
        ),
        ({ history, commits, builds }) => {
          const placed = (b: Build[], c: typeof commits) =>
            [...placeCommits(b, c, 'master')].sort();
          expect(placed(builds, commits)).toEqual(
            placed(history.builds, history.commits),
          );
        },
      ),
    );
  });
});
