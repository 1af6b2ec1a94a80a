import { InputError } from '@backstage/errors';

/** Where a page of requests ended: open ones come first, the others behind. */
export interface RequestCursor {
  section: 'open' | 'ended';
  number: number;
}

/** Writes a cursor as an opaque string. */
export function formatRequestCursor({
  section,
  number,
}: RequestCursor): string {
  return `${section}.${number}`;
}

/**
 * Reads what {@link formatRequestCursor} writes.
 *
 * @throws InputError for anything else
 */
export function parseRequestCursor(text: string): RequestCursor {
  const match = /^(open|ended)\.([1-9]\d{0,9})$/.exec(text);
  const number = Number(match?.[2]);
  // Numbers are 32-bit in the database: a larger one would be a fault there.
  if (!match || number > 0x7fffffff) {
    throw new InputError(
      'The parameter before is not one that an earlier page gave as next',
    );
  }
  return { section: match[1] as RequestCursor['section'], number };
}
