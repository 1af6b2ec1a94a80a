import fc from 'fast-check';
import { createRedactor } from './redact';

describe('createRedactor', () => {
  it('removes a secret in every form that git may repeat', () => {
    const redact = createRedactor(['p@ss/word', 'git:p@ss/word']);
    const text = `a p@ss/word b ${encodeURIComponent(
      'p@ss/word',
    )} c ${Buffer.from('git:p@ss/word').toString('base64')}`;
    expect(redact(text)).toBe('a *** b *** c ***');
  });

  it('removes what stands before the @ of any URL', () => {
    expect(
      createRedactor([])("unable to access 'https://me:x@host/r.git/': 403"),
    ).toBe("unable to access 'https://***@host/r.git/': 403");
  });

  it('leaves no secret in any text', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 4 }).filter(s => !'***://***@'.includes(s)),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          // Stars of our own could complete a secret that holds stars.
          fc.pre(!secret.includes('*') && !secret.includes('@'));
          const text = createRedactor([secret])(before + secret + after);
          expect(text.includes(secret)).toBe(false);
        },
      ),
    );
  });

  it('does nothing for an empty secret', () => {
    expect(createRedactor(['', undefined])('abc')).toBe('abc');
  });
});
