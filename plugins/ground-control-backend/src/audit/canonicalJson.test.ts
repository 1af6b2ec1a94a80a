import fc from 'fast-check';
import { canonicalJson } from './canonicalJson';

/** The same value with the keys of all objects in the other order. */
function reverse(value: any): any {
  if (Array.isArray(value)) return value.map(reverse);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reverse(item)]),
  );
}

describe('canonicalJson', () => {
  it('is one text for one value, which reads back as it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
        const text = canonicalJson(value);
        expect(canonicalJson(reverse(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('orders keys by code units, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, Z: [1, 'a'], a: undefined, ä: null })).toBe(
      '{"Z":[1,"a"],"b":1,"ä":null}',
    );
    expect(canonicalJson({ '10': 1, '9': 2, a: { c: 1, b: 2 } })).toBe(
      '{"10":1,"9":2,"a":{"b":2,"c":1}}',
    );
  });
});
