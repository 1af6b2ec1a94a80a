import { sayTime } from '../../lib/sayTime';
import { Judgement } from '../../policies/types';
import { CurrentRelease } from '../resolve/types';
import { RequestRow } from '../types';
import { findJudgementChanges, sortChanges } from './findJudgementChanges';

/** What is known now of that which a request was judged on. */
export interface Present extends Judgement {
  current?: CurrentRelease;
  /** Of the files now; absent where they weren't looked at. */
  digest?: string;
  /** Why the artifact can't be had any more. */
  gone?: string;
}

/** Something that isn't as it was when the request was judged. */
export interface RequestChange {
  code:
    | 'moved'
    | 'artifact-gone'
    | 'artifact-changed'
    | 'verdict-worse'
    | 'verdict-better'
    | 'requirement-changed'
    // Of access alone.
    | 'entry-there'
    | 'entry-gone'
    | 'entry-changed'
    | 'entry-conflict'
    | 'file-unreadable'
    | 'squad-changed';
  /** For people. */
  message: string;
  /** It isn't what was asked for any more, and has to be asked anew. */
  outdates: boolean;
}

function describeMove(row: RequestRow, current?: CurrentRelease): string {
  if (!current) {
    return `${row.environment} changed: the service was removed from it.`;
  }
  const what = current.artifactId ?? 'a release that can’t be read';
  return `${row.environment} changed: ${what} was released there on ${sayTime(
    current.releasedAt,
  )}.`;
}

/**
 * Finds what has changed since a release was judged, the gravest first. What
 * was bound and got worse, or is another thing, outdates the request, and so
 * does what got better since somebody approved it: it never goes on silently.
 */
export function findChanges(row: RequestRow, now: Present): RequestChange[] {
  const changes: RequestChange[] = [];
  if ((now.current?.revision ?? null) !== row.replaces_revision) {
    changes.push({
      code: 'moved',
      message: describeMove(row, now.current),
      outdates: true,
    });
  }
  if (now.gone !== undefined) {
    changes.push({ code: 'artifact-gone', message: now.gone, outdates: true });
  } else if (now.digest !== undefined && now.digest !== row.digest) {
    changes.push({
      code: 'artifact-changed',
      message: `The files of ${row.artifact_id} in the artifact store are others than those that were asked for.`,
      outdates: true,
    });
  }
  changes.push(...findJudgementChanges(row, now));
  return sortChanges(changes);
}
