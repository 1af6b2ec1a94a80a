import { makeTarget } from '../__testUtils__/makeTarget.ts';
import { mergeTargets } from './mergeTargets.ts';

const b = makeTarget({ name: 'b' });
const c = makeTarget({ name: 'c', origin: 'links' });
const ofLink = makeTarget({ name: 'b', port: 4191, origin: 'links' });

it('takes the configured one before that of a Link, and says so', () => {
  expect(mergeTargets([b], [ofLink, c])).toEqual({
    targets: [b, c],
    doubled: ['b'],
  });
});

it('takes the first of two Links to the same cluster', () => {
  const second = { ...c, port: 1 };
  expect(mergeTargets([], [c, second])).toEqual({
    targets: [c],
    doubled: ['c'],
  });
});
