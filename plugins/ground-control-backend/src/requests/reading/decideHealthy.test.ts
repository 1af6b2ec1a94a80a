import {
  decideHealthySeconds,
  findRecommended,
  StayFacts,
} from './decideHealthy';

describe('decideHealthySeconds', () => {
  const stay = (more: Partial<StayFacts> = {}): StayFacts => ({
    from: 10_000,
    to: 100_000,
    failures: [],
    ...more,
  });

  it.each<[string, StayFacts, number]>([
    ['its whole stay', stay(), 90],
    ['until it failed first', stay({ failures: [70_000, 40_000] }), 30],
    ['nothing when it failed at once', stay({ failures: [10_000] }), 0],
    ['all of it when others failed', stay({ failures: [9_999, 100_000] }), 90],
    ['nothing when its request failed', stay({ request: 'failed' }), 0],
    ['its stay when it was seen running', stay({ request: 'succeeded' }), 90],
  ])('counts %s', (_, facts, seconds) => {
    expect(decideHealthySeconds(facts, true)).toBe(seconds);
  });

  it('knows nothing where no cluster tells, but that a request failed', () => {
    expect(decideHealthySeconds(stay(), false)).toBeUndefined();
    expect(decideHealthySeconds(stay({ request: 'failed' }), false)).toBe(0);
  });
});

describe('findRecommended', () => {
  it.each<[string, Array<[number | undefined, number]>, number | undefined]>([
    ['none of none', [], undefined],
    [
      'the last that stayed well',
      [
        [60, 9e4],
        [7200, 7200],
        [9e4, 9e4],
      ],
      1,
    ],
    [
      'the last, when it did',
      [
        [3600, 3600],
        [9e4, 9e4],
      ],
      0,
    ],
    [
      'none when none did',
      [
        [3599, 9e4],
        [0, 9e4],
      ],
      undefined,
    ],
    [
      'by its stay where no cluster tells',
      [
        [undefined, 60],
        [undefined, 3600],
      ],
      1,
    ],
  ])('finds %s', (_, stays, index) => {
    const candidates = stays.map(([healthyForSeconds, stayedSeconds]) => ({
      healthyForSeconds,
      stayedSeconds,
    }));
    expect(findRecommended(candidates)).toBe(index);
  });
});
