import { InputError } from '@backstage/errors';

/** Where a page of requests ended: open ones come first, the others behind. */
export interface SectionCursor {
  section: 'open' | 'ended';
  number: number;
}

/**
 * Where a page of what waits for a decision ended: what expires soon comes
 * first, then the oldest.
 */
export interface WaitingCursor {
  section: 'waiting';
  /**
   * What expires until then is soon; milliseconds since 1970. As it was of the
   * first page, else a request could move over to one that was read already.
   */
  soon: number;
  /** When it expires, where that is soon; else {@link NEVER}. */
  urgency: number;
  number: number;
}

export type RequestCursor = SectionCursor | WaitingCursor;

/** After every time that is written: such requests come last. */
export const NEVER = 8_640_000_000_000_000;

/** Writes a cursor as an opaque string. */
export function formatRequestCursor(cursor: RequestCursor): string {
  const { section, number } = cursor;
  return section === 'waiting'
    ? `${section}.${cursor.soon}.${cursor.urgency}.${number}`
    : `${section}.${number}`;
}

/**
 * Reads what {@link formatRequestCursor} writes.
 *
 * @throws InputError for anything else
 */
export function parseRequestCursor(text: string): RequestCursor {
  const match =
    /^(?:(open|ended)|waiting\.(0|[1-9]\d{0,15})\.(0|[1-9]\d{0,15}))\.([1-9]\d{0,9})$/.exec(
      text,
    );
  const number = Number(match?.[4]);
  const soon = Number(match?.[2] ?? 0);
  const urgency = Number(match?.[3] ?? 0);
  // Numbers are 32-bit in the database: a larger one would be a fault there.
  if (!match || number > 0x7fffffff || Math.max(soon, urgency) > NEVER) {
    throw badCursor();
  }
  return match[1]
    ? { section: match[1] as SectionCursor['section'], number }
    : { section: 'waiting', soon, urgency, number };
}

/** What is said of a cursor that isn't one, or is of a list of another order. */
export function badCursor(): InputError {
  return new InputError(
    'The parameter before is not one that an earlier page gave as next of this list. Load it from its beginning.',
  );
}
