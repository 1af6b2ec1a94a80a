import {
  EntryCheckCode,
  EntryCheckPart,
} from '@ground-control/backstage-plugin-ground-control-common';
import { LinksText } from '../../hooks/useLinksText';
import { groundControlLinksTranslationRef } from '../../linksTranslation';

type Key = keyof (typeof groundControlLinksTranslationRef)['T'];
type Singular<K> = K extends `${infer Plain}_${'one' | 'other'}` ? Plain : K;

/** What one of an entry's checks says, in words; a code that is newer than this page stands for itself. */
export function describePart(t: LinksText, part: EntryCheckPart): string {
  const { params } = part;
  const code = part.code as EntryCheckCode;
  // Every code that the server is known to give has to have its words.
  const key: Singular<Key> = `gateway.code.${code}`;
  const options: object = { line: '–', ...params, defaultValue: code };
  // Codes and their values come from the server.
  return t(key as 'gateway.code.declared', options as { line: string });
}
