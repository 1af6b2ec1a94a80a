import { countBehind } from './countBehind';

it.each([
  [{}, { count: 0, unit: 'builds' }],
  [{ behind: 2 }, { count: 2, unit: 'builds' }],
  [
    { behind: 2, behindCommits: 5 },
    { count: 5, unit: 'commits' },
  ],
  // Another plan alone is another build of the same commit.
  [
    { behind: 1, behindCommits: 0 },
    { count: 0, unit: 'commits' },
  ],
])('counts %j as %j', (place, counted) => {
  expect(countBehind(place)).toEqual(counted);
});
