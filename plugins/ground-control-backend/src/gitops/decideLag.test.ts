import { decideLag } from './decideLag';

const NOW = 10_000_000;

describe('decideLag', () => {
  it.each([
    ['just read', { read_at: NOW - 1_000, attempted_at: NOW - 2_000 }, 0],
    ['the next round is due', { read_at: NOW - 9_000 }, 0],
    ['nobody looks any more', { read_at: NOW - 61_000 }, 61_000],
    [
      'the fetch failed since',
      { read_at: NOW - 11_000, attempted_at: NOW - 1_000 },
      11_000,
    ],
    ['never read', { anew_since: NOW - 5_000 }, 5_000],
    [
      'never read, and tried',
      { anew_since: NOW - 5_000, attempted_at: NOW },
      5_000,
    ],
    [
      'read anew, after another repository',
      { anew_since: NOW - 3_000, attempted_at: NOW },
      3_000,
    ],
    ['another clock is ahead', { read_at: NOW + 5_000 }, 0],
    ['nobody has begun', {}, undefined],
  ])('%s', (_, row, lag) => {
    const empty = { read_at: null, attempted_at: null, anew_since: null };
    const options = { pollIntervalMs: 10_000, now: NOW };
    expect(decideLag({ ...empty, ...row }, options)).toBe(lag);
  });
});
