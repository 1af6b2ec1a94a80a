import { FileDiff } from '@ground-control/backstage-plugin-ground-control-common';
import { structuredPatch } from 'diff';

/** Files of policies are at most 1 MiB; some lines of them change. */
const MOST_MILLISECONDS = 500;

/**
 * What a change does to the file's text.
 *
 * @param context - how many lines around are shown; those beside a squad's own
 * part are others'
 */
export function buildPolicyDiff(
  path: string,
  contents: { before?: Buffer; after?: Buffer },
  context: number,
): FileDiff {
  const { before, after } = contents;
  const text = (content?: Buffer) => content?.toString('utf8') ?? '';
  const patch = structuredPatch('', '', text(before), text(after), '', '', {
    context,
    timeout: MOST_MILLISECONDS,
  });
  const hunks = (patch?.hunks ?? []).map(({ oldStart, newStart, lines }) => ({
    oldStart,
    newStart,
    lines: lines.filter(line => !line.startsWith('\\')),
  }));
  const count = (mark: string) =>
    hunks.reduce(
      (sum, { lines }) =>
        sum + lines.filter(line => line.startsWith(mark)).length,
      0,
    );
  const change = () => {
    if (!before) return 'added';
    return after ? 'modified' : 'removed';
  };
  return {
    path,
    change: change(),
    added: count('+'),
    removed: count('-'),
    hunks,
    ...(!patch && { omitted: 'too-large' as const }),
  };
}
