import { InputError } from '@backstage/errors';

/** Where a page ended: a commit, and the environment where one has several. */
export interface Cursor {
  position: number;
  environment?: string;
}

/** Writes a cursor as an opaque string. */
export function formatCursor(cursor: Cursor): string {
  const text = cursor.environment
    ? `${cursor.position} ${cursor.environment}`
    : String(cursor.position);
  return Buffer.from(text).toString('base64url');
}

/**
 * Reads what {@link formatCursor} writes.
 *
 * @throws InputError for anything else
 */
export function parseCursor(text: string): Cursor {
  const match = /^([1-9]\d{0,9})(?: ([^\0]+))?$/.exec(
    Buffer.from(text, 'base64url').toString(),
  );
  // Positions are 32-bit in the database: a larger one would be a fault there.
  if (!match || Number(match[1]) > 0x7fffffff) {
    throw unknownCursor();
  }
  const position = Number(match[1]);
  return match[2] ? { position, environment: match[2] } : { position };
}

/** What is said of a cursor that no page gave. */
export function unknownCursor(): InputError {
  return new InputError(
    'The parameter before is not one that an earlier page gave as next',
  );
}
