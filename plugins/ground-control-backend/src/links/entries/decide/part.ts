import {
  EntryCheckCode,
  EntryCheckPart,
} from '@ground-control/backstage-plugin-ground-control-common';

const MOST_NAMED = 10;

/** One of the three checks; the portal has words for these codes alone. */
export function part(
  state: EntryCheckPart['state'],
  code: EntryCheckCode,
  params: EntryCheckPart['params'] = {},
): EntryCheckPart {
  return { state, code, params };
}

/** Names on one line. */
export function joinNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${shown}, …` : shown;
}
