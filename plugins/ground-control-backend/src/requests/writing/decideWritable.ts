import { RequestRow } from '../types';
import { WritingFacts } from './readFacts';
import { RequestOutcome } from './types';

/** Ingest reads within a second; after so long the writer looks again. */
export const SETTLE_MS = 10_000;
/** Of a merge only the writer knows, as soon as ingest has read it. */
const READ_MS = 1_000;

const short = (revision: string) => revision.slice(0, 10);

/**
 * Decides by what the branch has whether a request may become a commit on its
 * tip, or what becomes of it instead.
 *
 * @returns undefined when nothing stands against it
 */
export function decideWritable(
  row: RequestRow,
  facts: WritingFacts,
  at: {
    now: number;
    /** The tip, and its position where ingest has read up to it. */
    base: string;
    position?: number;
  },
): RequestOutcome | undefined {
  const { arrived, touchedBy, currentRevision } = facts;
  if (arrived?.by === 'branch') {
    return { kind: 'postpone', until: at.now + SETTLE_MS };
  }
  if (arrived && at.position === undefined) {
    return { kind: 'postpone', until: at.now + READ_MS };
  }
  if (arrived && at.position !== undefined) {
    return {
      kind: 'commit',
      // Its own commit has no position: the branch has it since here.
      revision: at.base,
      position: at.position,
      message: `Its commit ${short(
        arrived.revision,
      )} came onto the branch by a merge that somebody else made; look at what the merge left of it`,
    };
  }
  if (touchedBy !== undefined || currentRevision !== row.replaces_revision) {
    const by = touchedBy ?? currentRevision;
    return {
      kind: 'outdate',
      code: 'moved',
      message: `${row.service} was changed in ${row.environment} meanwhile${
        by ? ` by commit ${short(by)}` : ': it was removed'
      }, so this would replace another release than the one that was looked at. Ask again.`,
    };
  }
  return undefined;
}
