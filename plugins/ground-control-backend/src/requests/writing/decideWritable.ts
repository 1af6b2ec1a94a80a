import { ReleaseRow } from '../types';
import { WritingFacts } from './readFacts';
import { decideArrived } from './decideArrived';
import { RequestOutcome } from './types';

const short = (revision: string) => revision.slice(0, 10);

/**
 * Decides by what the branch has whether a request may become a commit on its
 * tip, or what becomes of it instead.
 *
 * @returns undefined when nothing stands against it
 */
export function decideWritable(
  row: ReleaseRow,
  facts: WritingFacts,
  now: number,
): RequestOutcome | undefined {
  const arrived = decideArrived(facts.arrived, now);
  if (arrived) return arrived;
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
function findMove(row: ReleaseRow, facts: WritingFacts): string | undefined {
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
