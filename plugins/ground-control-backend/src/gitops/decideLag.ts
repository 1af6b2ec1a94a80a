import { findStaleAfter } from './repositoryStatus';
import { RepositoryRow } from './types';

/**
 * For how long the tables haven't been known to have all of the branch, in
 * milliseconds: 0 where the last round read all of it and another is due.
 * Undefined where nobody has begun to read.
 */
export function decideLag(
  row: Pick<RepositoryRow, 'read_at' | 'attempted_at' | 'anew_since'>,
  options: { pollIntervalMs: number; now: number },
): number | undefined {
  const { read_at, attempted_at, anew_since } = row;
  // Where nothing was ever read whole, reading began when the row was made.
  const since = read_at ?? anew_since;
  if (since === null) return undefined;
  const age = Math.max(0, options.now - since);
  const isDone = read_at !== null && read_at >= (attempted_at ?? 0);
  return isDone && age <= findStaleAfter(options.pollIntervalMs) ? 0 : age;
}
