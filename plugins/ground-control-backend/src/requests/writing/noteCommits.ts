import { writeRows } from '../../database/writeRows';
import { lockRequests } from '../store/lockRequests';
import { RequestRow } from '../types';
import { Transact } from './types';
import { waitsForWriter } from './waitsForWriter';

/**
 * Notes which commits were built for which requests, before any of them is
 * pushed: whatever dies from here on, a commit that turns up on the branch is
 * known to be ours.
 *
 * @returns the requests that are to be written no more, because something
 * happened to them since they were claimed; nothing is noted then
 */
export async function noteCommits(
  transact: Transact,
  options: {
    repository: string;
    rows: RequestRow[];
    /** Of the same length as `rows`. */
    revisions: string[];
    now: number;
  },
): Promise<Set<number>> {
  const { repository, rows, revisions, now } = options;
  return transact(async tx => {
    const locked = await lockRequests(
      tx,
      rows.map(({ number }) => number),
    );
    const present = new Map(locked.map(row => [row.number, row]));
    const gone = rows.filter(row => {
      const is = present.get(row.number);
      return !is || !waitsForWriter(is) || is.evidence !== row.evidence;
    });
    if (gone.length === 0) {
      await writeRows(
        tx,
        {
          table: 'release_request_commits',
          columns: ['repository', 'revision', 'number', 'built_at'],
          key: ['repository', 'revision'],
          merge: [],
        },
        rows.map(({ number }, i) => ({
          repository,
          revision: revisions[i],
          number,
          built_at: now,
        })),
      );
    }
    return new Set(gone.map(({ number }) => number));
  });
}
