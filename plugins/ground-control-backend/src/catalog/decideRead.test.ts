import { decideRead } from './decideRead';

const MINUTE = 60_000;

describe('decideRead', () => {
  const read = (
    now: number,
    lastReadAt?: number,
    settled = false,
    intervalMs = MINUTE,
  ) => decideRead({ startedAt: 0, lastReadAt, settled }, { now, intervalMs });

  it.each([
    ['at once', 0, undefined, false, true],
    ['soon again while the catalog is being filled', 2_000, 0, false, true],
    ['not in a hurry', 1_000, 0, false, false],
    ['at its interval once it stands', 3_000, 1_000, true, false],
    ['at its interval once it stands', 61_000, 1_000, true, true],
    ['at its interval when it stays empty', 200_000, 190_000, false, false],
    ['at its interval when it stays empty', 250_000, 190_000, false, true],
  ])('reads %s (%d, %s)', (_, now, last, settled, expected) => {
    expect(read(now, last, settled)).toBe(expected);
  });

  it('never waits longer than it was told', () => {
    expect(read(1_000, 0, false, 500)).toBe(true);
  });
});
