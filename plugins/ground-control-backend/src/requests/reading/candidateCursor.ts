import { unknownCursor } from '../../releases';

/** Where a page of artifacts ended. */
export interface CandidateCursor {
  /** Milliseconds since 1970; null where it isn't known: those come last. */
  builtAt: number | null;
  artifactId: string;
}

/** Writes a cursor as an opaque string. */
export function formatCandidateCursor(cursor: CandidateCursor): string {
  return `${cursor.builtAt ?? ''}.${cursor.artifactId}`;
}

/**
 * Reads what {@link formatCandidateCursor} writes.
 *
 * @throws InputError for anything else
 */
export function parseCandidateCursor(text: string): CandidateCursor {
  const match = /^(-?\d{1,16})?\.([^\0]{1,512})$/.exec(text);
  const builtAt = match?.[1] === undefined ? null : Number(match[1]);
  // A number that isn't exact was written by nobody.
  if (!match || !Number.isSafeInteger(builtAt ?? 0)) {
    throw unknownCursor();
  }
  return { builtAt, artifactId: match[2] };
}
