import { officeZone } from '../../lib/calendar.ts';
import type { Identity } from '../../format/types.ts';
import type { Change, Commit } from '../types.ts';

/** A commit that a person pushes from their own machine, in office time. */
export function humanCommit(
  author: Identity,
  at: number,
  message: string,
  changes: Change[],
): Commit {
  const text = message.endsWith('\n') ? message : `${message}\n`;
  return {
    author,
    committer: author,
    at,
    zone: officeZone(at),
    message: text,
    changes,
  };
}
