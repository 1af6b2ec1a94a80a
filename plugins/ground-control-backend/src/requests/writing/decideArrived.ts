import { describeMerge } from './describeMerge';
import { ArrivedCommit } from './readArrived';
import { RequestOutcome } from './types';

/** Ingest reads within a second; after so long the writer looks again. */
export const SETTLE_MS = 10_000;
/** Of a merge only the writer knows, as soon as ingest has read it. */
const READ_MS = 1_000;

/**
 * Decides what becomes of a request of which the branch has a commit: it is
 * never written again.
 *
 * @returns undefined where the branch has none
 */
export function decideArrived(
  arrived: ArrivedCommit | undefined,
  now: number,
): RequestOutcome | undefined {
  if (!arrived) return undefined;
  if (arrived.by === 'branch') {
    return { kind: 'postpone', until: now + SETTLE_MS };
  }
  const { revision, position } = arrived.entry;
  if (position === undefined) {
    return { kind: 'postpone', until: now + READ_MS };
  }
  return {
    kind: 'commit',
    // Its own commit has no position: the branch has it since here.
    revision,
    position,
    message: describeMerge(arrived.revision, revision),
  };
}
