import { InputError } from '@backstage/errors';

const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Whether a text is the full id of a git object (SHA-1 or SHA-256), and so
 * can't be taken for an option, a range or a second line of input.
 *
 * @public
 */
export function isObjectId(text: string): boolean {
  return OBJECT_ID.test(text);
}

/**
 * Passes a full object id through and throws an InputError for all else.
 *
 * @public
 */
export function requireObjectId(text: string): string {
  if (!isObjectId(text)) {
    throw new InputError(
      'A git object must be named by its full id of 40 or 64 hex digits',
    );
  }
  return text;
}
