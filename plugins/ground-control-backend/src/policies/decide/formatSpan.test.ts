import { fitTitle, formatSpan } from './formatSpan';
import { MINUTE } from './__testUtils__/policyRows';

describe('formatSpan', () => {
  it.each([
    [45_000, '45 s'],
    [30 * MINUTE, '30 min'],
    [192 * MINUTE, '3 h 12 min'],
    [120 * MINUTE, '2 h'],
    [52 * 60 * MINUTE, '2 d 4 h'],
    [-1, '0 s'],
  ])('writes %d as %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});

describe('fitTitle', () => {
  it('keeps to 40 characters', () => {
    expect(fitTitle('x'.repeat(41))).toHaveLength(40);
  });
});
