import { decideFollow, Shown } from './decideFollow';

describe('decideFollow', () => {
  const NOW = 1_000_000;
  it.each<[string, Partial<Shown>, number | undefined]>([
    ['asked long ago', { marks: ['a'] }, 100],
    ['asked just now', { marks: ['a'], askedAt: NOW }, 1_000],
    ['asked a moment ago', { marks: ['a'], askedAt: NOW - 600 }, 400],
    ['of all squads', {}, 250],
    ['of all squads, asked a moment ago', { askedAt: NOW - 600 }, 400],
    ['of another kind', { kinds: ['links'] }, undefined],
    ['of other squads', { marks: ['b'] }, undefined],
    ['of its squads', { marks: ['b', 'a'] }, 100],
    ['asked by a clock that was set back', { askedAt: NOW + 60_000 }, 1_000],
  ])('a page %s', (_, shown, wait) => {
    const signal = { sequence: 1, kind: 'releases' as const, marks: ['a'] };
    expect(decideFollow(signal, { askedAt: 0, ...shown }, NOW, 0.5)).toBe(wait);
  });

  it.each(['commits', 'repository'] as const)(
    'spreads what all pages ask for: %s',
    kind => {
      const waits = [0, 0.5, 1].map(chance =>
        decideFollow({ sequence: 1, kind }, { askedAt: 0 }, NOW, chance),
      );
      expect(waits).toEqual([100, 850, 1_700]);
    },
  );
});
