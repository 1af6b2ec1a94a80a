import fc from 'fast-check';
import { formatCursor, parseCursor } from './cursor';

describe('cursor', () => {
  it('reads what it writes', () => {
    const position = fc.integer({ min: 1, max: 0x7fffffff });
    const environment = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter(text => !/[\0\r\n\u2028\u2029]/.test(text));
    fc.assert(
      fc.property(
        fc.record({ position, environment }, { requiredKeys: ['position'] }),
        cursor => {
          const text = formatCursor(cursor);
          expect(text).toMatch(/^[\w-]+$/);
          expect(parseCursor(text)).toEqual(cursor);
        },
      ),
    );
  });

  it('takes nothing else, and breaks on nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        let read: unknown;
        try {
          read = { position: parseCursor(text).position };
        } catch (error) {
          read = error;
        }
        expect([
          { position: expect.any(Number) },
          expect.objectContaining({ name: 'InputError' }),
        ]).toContainEqual(read);
      }),
    );
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    for (const text of ['', '0', '-1', '1.5', '2147483648', '1 a\0', '1\n']) {
      expect(() => parseCursor(encode(text))).toThrow(
        /not one that an earlier/,
      );
    }
  });
});
