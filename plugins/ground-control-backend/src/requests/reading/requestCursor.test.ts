import fc from 'fast-check';
import {
  formatRequestCursor,
  NEVER,
  parseRequestCursor,
} from './requestCursor';
import { formatRequestId, parseRequestId } from './requestId';

const number = fc.integer({ min: 1, max: 0x7fffffff });
const time = fc.integer({ min: 0, max: NEVER });

describe('A cursor of requests', () => {
  it('reads what it writes, and throws in words at anything else', () => {
    fc.assert(
      fc.property(number, fc.constantFrom('open', 'ended'), (n, section) => {
        const cursor = { section: section as 'open', number: n };
        expect(parseRequestCursor(formatRequestCursor(cursor))).toEqual(cursor);
      }),
    );
    fc.assert(
      fc.property(number, time, time, (n, soon, urgency) => {
        const section = 'waiting' as const;
        const cursor = { section, soon, urgency, number: n };
        expect(parseRequestCursor(formatRequestCursor(cursor))).toEqual(cursor);
      }),
    );
    for (const text of [
      '',
      'open',
      'open.0',
      'open.2147483648',
      'x.1',
      'open.1 ',
      'open.1.1',
      'waiting.1',
      'waiting.1.1',
      'waiting..1.1',
      'waiting.1..1',
      'waiting.-1.1.1',
      'waiting.1.1.0',
      'waiting.1.1.2147483648',
      `waiting.${NEVER + 1}.1.1`,
      `waiting.1.${NEVER + 1}.1`,
    ]) {
      expect(() => parseRequestCursor(text)).toThrow('an earlier page gave');
    }
  });
});

describe('The id of a request', () => {
  it('reads what it writes, and nothing else', () => {
    fc.assert(
      fc.property(number, n => {
        expect(parseRequestId(formatRequestId(n))).toBe(n);
      }),
    );
    fc.assert(
      fc.property(fc.string(), text => {
        fc.pre(!/^REQ-[1-9]\d*$/.test(text));
        expect(parseRequestId(text)).toBeUndefined();
      }),
    );
    for (const id of [
      'REQ-0',
      'REQ-01',
      'req-1',
      'REQ-2147483648',
      'REQ-1\n',
    ]) {
      expect(parseRequestId(id)).toBeUndefined();
    }
  });
});
