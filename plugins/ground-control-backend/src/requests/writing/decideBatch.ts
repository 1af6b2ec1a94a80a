import { ReleaseRow } from '../types';
import { AttemptEnd } from './decideAttempt';

/** Commits of one push. */
export const MOST = 100;

/**
 * Which of the claimed requests are pushed together. One whose push came to
 * nothing goes alone, so that it can't keep others from the branch; those
 * before it go first.
 *
 * @param most - see {@link decideMost}
 */
export function decideBatch(
  claimed: ReleaseRow[],
  most: number = MOST,
): ReleaseRow[] {
  const alone = claimed.findIndex(({ attempts }) => attempts > 0);
  if (alone < 0) return claimed.slice(0, most);
  return claimed.slice(0, Math.min(Math.max(alone, 1), most));
}

/**
 * How many commits the next push may have. One that ran out of time may have
 * been too much for the remote, or had one commit in it that a hook hangs on:
 * with half as many, again and again, what can pass does. It isn't known
 * whether those arrived, which is looked for before any is built again. Fewer
 * are also built sooner, where others were quicker each time.
 */
export function decideMost(
  most: number,
  pushed: { count: number; end: AttemptEnd['kind'] },
): number {
  if (pushed.end === 'timeout' || pushed.end === 'lost') {
    return Math.max(1, pushed.count >> 1);
  }
  return pushed.end === 'pushed' ? Math.min(most * 2, MOST) : most;
}
