import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { groundControlTranslationRef } from '../translation';

/** The plugin's texts in the reader's language. */
export function useText() {
  return useTranslationRef(groundControlTranslationRef).t;
}

export type Text = ReturnType<typeof useText>;
