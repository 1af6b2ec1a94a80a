import { decideTrust, KnownTrust } from './decideTrust';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const DAY = 86_400_000;

/** Roots by a letter and the days that they have left, such as `a100`. */
function trusting(roots: string, fault: string | null = null): KnownTrust {
  return {
    roots: roots
      .split(' ')
      .filter(Boolean)
      .map(root => ({
        fingerprint: root[0],
        subject: 'CN=root',
        notAfter: new Date(NOW + Number(root.slice(1)) * DAY).toISOString(),
      })),
    fault,
  };
}

describe('decideTrust', () => {
  it.each([
    ['a100', 'a100', 'shared', 100],
    ['a31', 'a31', 'shared', 31],
    ['a30', 'a30', 'expiring', 30],
    ['a1', 'a1', 'expiring', 1],
    ['a0', 'a0', 'expired', 0],
    ['a-5', 'a-5', 'expired', -5],
    ['a100', 'b100', 'different', null],
    // What only one of them has says nothing of both.
    ['a10 b500', 'a10 c500', 'expiring', 10],
    ['a-1 b500', 'b500 a-1', 'shared', 500],
    ['a-1 b500', 'a-1 c500', 'expired', -1],
    ['', 'a100', 'unknown', null],
    ['a100', '', 'unknown', null],
  ])('%j and %j are %s', (from, to, trust, days) => {
    const endsAt = days === null ? null : NOW + days * DAY;
    const verdict = { trust, endsAt };
    expect(decideTrust(trusting(from), trusting(to), NOW)).toEqual(verdict);
    expect(decideTrust(trusting(to), trusting(from), NOW)).toEqual(verdict);
  });

  it('is unknown while one of them is', () => {
    const unknown = { trust: 'unknown', endsAt: null };
    expect(decideTrust(undefined, trusting('a100'), NOW)).toEqual(unknown);
    expect(decideTrust(trusting('a100'), undefined, NOW)).toEqual(unknown);
    expect(decideTrust(undefined, undefined, NOW)).toEqual(unknown);
  });

  it('takes what cannot be read for what they may have in common', () => {
    const torn = trusting('a100', "1 can't be read");
    expect(decideTrust(torn, trusting('b100'), NOW).trust).toBe('unknown');
    expect(decideTrust(trusting('b100'), torn, NOW).trust).toBe('unknown');
    expect(decideTrust(torn, trusting('a100'), NOW).trust).toBe('shared');
  });
});
