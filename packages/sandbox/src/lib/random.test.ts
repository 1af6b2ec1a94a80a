import { Random } from './random.ts';

describe('Random', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    const take = (seed: string) => {
      const random = Random.fromSeed(seed);
      return [...Array(20)].map(() => random.next());
    };
    expect(take('a')).toEqual(take('a'));
    expect(take('a')).not.toEqual(take('b'));
  });

  it('goes on from a saved state', () => {
    const random = Random.fromSeed('a');
    random.next();
    const saved = JSON.parse(JSON.stringify(random.state));
    const rest = [random.next(), random.next(), random.next()];
    const again = new Random(saved);
    expect([again.next(), again.next(), again.next()]).toEqual(rest);
  });

  it('spreads evenly and stays in its bounds', () => {
    const random = Random.fromSeed('even');
    const seen = [0, 0, 0, 0, 0];
    for (let i = 0; i < 10_000; i++) {
      seen[random.integer(2, 6) - 2] += 1;
    }
    for (const count of seen) {
      expect(count).toBeGreaterThan(1850);
      expect(count).toBeLessThan(2150);
    }
  });

  it('picks an index by its share', () => {
    const random = Random.fromSeed('share');
    const seen = [0, 0, 0];
    for (let i = 0; i < 10_000; i++) {
      seen[random.pickIndex([1, 1, 4])] += 1;
    }
    expect(seen[1]).toBe(0);
    expect(seen[0] / seen[2]).toBeCloseTo(1 / 3, 1);
  });
});
