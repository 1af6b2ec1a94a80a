import fc from 'fast-check';
import {
  formatServicePath,
  formatServiceRef,
  parseServicePath,
  parseServiceRef,
} from './serviceRef';

const part = fc.string({ minLength: 1 }).filter(s => !s.includes('/'));

describe('serviceRef', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(''), part), part, (namespace, name) => {
        expect(parseServiceRef(formatServiceRef({ namespace, name }))).toEqual({
          namespace,
          name,
        });
      }),
    );
  });

  it.each(['', '/', 'a/', '/a', 'a/b/c'])('refuses %j', text => {
    expect(parseServiceRef(text)).toBeUndefined();
  });

  it('survives the way through a URL', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constant(''),
          part.filter(s => s !== '-'),
        ),
        part.filter(s => s !== '.' && s !== '..'),
        (namespace, name) => {
          fc.pre(namespace !== '.' && namespace !== '..');
          const ref = { namespace, name };
          const [a, b] = new URL(
            `http://localhost/x/${formatServicePath(ref)}`,
          ).pathname
            .split('/')
            .slice(2)
            .map(decodeURIComponent);
          expect(parseServicePath(a, b)).toEqual(ref);
        },
      ),
    );
  });
});
