import { RequestRow } from '../types';
import { WritingFacts } from './readFacts';
import { describeMerge } from './describeMerge';
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
  now: number,
): RequestOutcome | undefined {
  const { arrived } = facts;
  if (arrived?.by === 'branch') {
    return { kind: 'postpone', until: now + SETTLE_MS };
  }
  if (arrived && arrived.entry.position === undefined) {
    return { kind: 'postpone', until: now + READ_MS };
  }
  if (arrived) {
    const { revision, position } = arrived.entry;
    return {
      kind: 'commit',
      // Its own commit has no position: the branch has it since here.
      revision,
      position: position!,
      message: describeMerge(arrived.revision, revision),
    };
  }
  const move = findMove(row, facts);
  return move === undefined
    ? undefined
    : {
        kind: 'outdate',
        code: 'moved',
        message: `${row.service} was changed in ${row.environment} meanwhile${move}, so this would replace something else than what was looked at. Ask again.`,
      };
}

/**
 * What was there when it was asked is named by commits, because their times
 * say nothing: one may be made today and pushed tomorrow.
 */
function findMove(row: RequestRow, facts: WritingFacts): string | undefined {
  const { touchedBy, currentRevision, editRevision } = facts;
  if (touchedBy !== undefined) return ` by commit ${short(touchedBy)}`;
  if (currentRevision !== row.replaces_revision) {
    return currentRevision === null
      ? ': it was removed'
      : ` by commit ${short(currentRevision)}`;
  }
  if (editRevision !== row.replaces_edit_revision) {
    return editRevision === null
      ? ': the branch was rewritten'
      : ` by commit ${short(editRevision)}`;
  }
  return undefined;
}
