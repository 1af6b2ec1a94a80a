import { countBehindCommits } from './countBehindCommits';

const row = (
  commit: string | null,
  count: number | null,
  from: string | null,
  to: string | null,
) => ({
  application_commit: commit,
  behind_commits: count,
  behind_commits_from: from,
  behind_commits_to: to,
});

it.each([
  ['what was counted for both', row('a', 3, 'a', 'b'), 'b', 3],
  ['none', row('a', 0, 'a', 'a'), 'a', 0],
  [
    'nothing when there were too many',
    row('a', null, 'a', 'b'),
    'b',
    undefined,
  ],
  ['nothing before it was counted', row('a', null, null, null), 'b', undefined],
  ['nothing after a release here', row('c', 3, 'a', 'b'), 'b', undefined],
  ['nothing after a release before', row('a', 3, 'a', 'b'), 'c', undefined],
  ['nothing of what can’t be read', row(null, 3, null, 'b'), 'b', undefined],
  ['nothing of the first', row('a', 3, 'a', 'b'), undefined, undefined],
])('tells %s', (_, own, before, told) => {
  const other = before === undefined ? before : { application_commit: before };
  expect(countBehindCommits(own, other)).toBe(told);
});
