import { isAbandoned } from './claimFolder';

const me = { hostname: 'a', pid: 10, startedAt: 1_000_000 };
const HOUR = 3_600_000;

describe('isAbandoned', () => {
  it.each([
    ['another living process here', { ...me, pid: 11 }, 0, true, false],
    ['a dead process here', { ...me, pid: 11 }, 0, false, true],
    ['this very process', me, 0, true, false],
    [
      'the process before, with our pid, as in a container',
      { ...me, startedAt: 1 },
      0,
      true,
      true,
    ],
    [
      'a machine that was seen lately',
      { ...me, hostname: 'b' },
      HOUR / 2,
      false,
      false,
    ],
    [
      'a machine that was not seen for long',
      { ...me, hostname: 'b' },
      2 * HOUR,
      true,
      true,
    ],
  ])('decides on %s', (_, owner, sinceSeen, alive, expected) => {
    const now = 10 * HOUR;
    expect(isAbandoned(owner, now - sinceSeen, me, now, () => alive)).toBe(
      expected,
    );
  });
});
