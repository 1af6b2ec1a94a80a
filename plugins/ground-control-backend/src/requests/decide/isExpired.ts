import { RequestRow } from '../types';

/** Whether time is over for a request, also before the round that writes it down. */
export function isExpired(
  { state, expires_at }: Pick<RequestRow, 'state' | 'expires_at'>,
  now: number,
): boolean {
  const isDue = expires_at !== null && expires_at <= now;
  return state === 'expired' || (state === 'pending' && isDue);
}
