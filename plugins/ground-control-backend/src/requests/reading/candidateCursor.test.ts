import fc from 'fast-check';
import { formatCandidateCursor, parseCandidateCursor } from './candidateCursor';

describe('A cursor of artifacts', () => {
  it('reads what it writes', () => {
    const builtAt = fc.option(fc.maxSafeInteger());
    const artifactId = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
      .filter(text => !text.includes('\0'));
    fc.assert(
      fc.property(fc.record({ builtAt, artifactId }), cursor => {
        const text = formatCandidateCursor(cursor);
        expect(parseCandidateCursor(text)).toEqual(cursor);
      }),
    );
  });

  it.each(['', '.', '1', '1.', 'x.a', '-.a', '9999999999999999.a', '1.a\0'])(
    'takes nothing else: %j',
    text => {
      expect(() => parseCandidateCursor(text)).toThrow('an earlier page gave');
    },
  );
});
