import { RequestRow } from '../types';

/**
 * Which of the claimed requests are pushed together. One whose push was
 * refused goes alone, so that it can't keep others from the branch; those
 * before it go first.
 */
export function decideBatch(claimed: RequestRow[]): RequestRow[] {
  const refused = claimed.findIndex(({ attempts }) => attempts > 0);
  if (refused < 0) return claimed;
  return claimed.slice(0, Math.max(refused, 1));
}
