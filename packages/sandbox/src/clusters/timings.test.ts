import { parseTimings } from './timings.ts';

describe('parseTimings', () => {
  it('reads a list', () => {
    expect(parseTimings('drift=5000,healthTimeout=4000')).toEqual({
      drift: 5000,
      healthTimeout: 4000,
    });
    expect(parseTimings('')).toEqual({});
  });

  it.each(['drift', 'drift=-1', 'drift=soon', 'fetch=1', '__proto__=1'])(
    'refuses %s',
    text => {
      expect(() => parseTimings(text)).toThrow(`not "${text}"`);
    },
  );
});
