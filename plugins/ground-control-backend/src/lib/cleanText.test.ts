import fc from 'fast-check';
import { cleanText } from './cleanText';

describe('cleanText', () => {
  it.each([
    ['A title with \u202egnitirw desrever', 'A title with gnitirw desrever'],
    ['a\r\n\u0000\u2028b', 'a b'],
    ['خدمة сервис', 'خدمة сервис'],
    ['\u2066a\u2069 ', 'a'],
  ])('makes of %j %j', (text, cleaned) => {
    expect(cleanText(text, 100)).toBe(cleaned);
  });

  it('is on one line, bounded and well-formed, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, max) => {
        const cleaned = cleanText(text, max);
        expect(cleaned).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
        expect(cleaned.length).toBeLessThanOrEqual(max);
        expect(cleaned.isWellFormed()).toBe(true);
      }),
    );
  });
});
