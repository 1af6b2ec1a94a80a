import { EntryCheckPart } from '@ground-control/backstage-plugin-ground-control-common';
import { LinksText } from '../../hooks/useLinksText';

/** What one of an entry's checks says, in words; a code that is newer than this page stands for itself. */
export function describePart(t: LinksText, part: EntryCheckPart): string {
  const { code, params } = part;
  const options: object = { line: '–', ...params, defaultValue: code };
  // Codes and their values come from the server.
  return t(
    `gateway.code.${code}` as 'gateway.code.declared',
    options as { line: string },
  );
}
