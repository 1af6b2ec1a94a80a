import { unknownCursor } from './cursor';

/** Where a page of problems ended. */
export interface ProblemCursor {
  /** Milliseconds since 1970. */
  since: number;
  /** The problem's key in the database. */
  key: string;
}

/** Writes a cursor as an opaque string. */
export function formatProblemCursor(cursor: ProblemCursor): string {
  return `${cursor.since}.${cursor.key}`;
}

/**
 * Reads what {@link formatProblemCursor} writes.
 *
 * @throws InputError for anything else
 */
export function parseProblemCursor(text: string): ProblemCursor {
  const match = /^(\d{1,15})\.([^\0]{1,64})$/.exec(text);
  if (!match) {
    throw unknownCursor();
  }
  return { since: Number(match[1]), key: match[2] };
}
