import { RequestRow } from '../types';

/** An address as it is compared. */
export function plainAddress(address: string): string {
  return address.trim().toLowerCase();
}

/**
 * The address of whoever wrote the build that a request releases by itself: no
 * person asks for that, and its author decides on it no more than one who asks
 * does. Git has whatever address somebody configured, so it is held against
 * them alone, and opens nothing to anybody.
 *
 * @returns undefined of what a person asked for, or where no address is known
 */
export function findAuthorAddress({
  intent,
  requested_by_email,
}: Pick<RequestRow, 'intent' | 'requested_by_email'>): string | undefined {
  if (intent !== 'auto-release') return undefined;
  return plainAddress(requested_by_email ?? '') || undefined;
}

/** Whether somebody's address is an author's. */
export function isAuthorAddress(
  address: string | null,
  author: string | undefined,
): boolean {
  return (
    author !== undefined && plainAddress(address ?? '') === plainAddress(author)
  );
}
