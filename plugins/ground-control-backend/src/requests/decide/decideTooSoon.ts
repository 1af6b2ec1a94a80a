import { refuse } from '../resolve/refuse';
import { Refusal } from '../resolve/types';

/** Whoever is reminded more often turns it off. */
const ONCE_IN_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

/** Refuses to remind those who were reminded lately. */
export function decideTooSoon(
  remindedAt: number | undefined,
  now: number,
): Refusal | undefined {
  if (remindedAt === undefined || now - remindedAt >= ONCE_IN_MS) {
    return undefined;
  }
  const ago = Math.max(0, Math.floor((now - remindedAt) / MINUTE_MS));
  const left = Math.ceil((remindedAt + ONCE_IN_MS - now) / MINUTE_MS);
  return refuse(
    'too-soon',
    `They were reminded ${
      ago === 0 ? 'just now' : `${ago} min ago`
    }; remind them again in ${left} min.`,
  );
}
