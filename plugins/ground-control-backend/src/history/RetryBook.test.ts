import { RetryBook } from './RetryBook';

it('waits longer after each failure, but not with another question', () => {
  const book = new RetryBook({ intervalMs: 100, maxBackoffMs: 350 });
  const mayAsk = (at: number, signature = 'x') =>
    book.mayAsk('a', signature, at);
  expect(mayAsk(0)).toBe(true);
  book.failed('a', 'x', 0, 0);
  expect([mayAsk(99), mayAsk(100)]).toEqual([false, true]);
  expect(mayAsk(0, 'y')).toBe(true);
  expect(book.mayAsk('b', 'x', 0)).toBe(true);
  book.failed('a', 'x', 100, 0);
  expect([mayAsk(299), mayAsk(300)]).toEqual([false, true]);
  book.failed('a', 'x', 300, 0);
  expect([mayAsk(649), mayAsk(650)]).toEqual([false, true]);
  book.failed('a', 'y', 650, 0);
  expect(mayAsk(750, 'y')).toBe(true);
  book.succeeded('a');
  expect(mayAsk(0)).toBe(true);
});
