import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { groundControlTranslationRef } from '../translation';

/** Looks a text up, in the reader's language. */
export type Text = TranslationFunction<
  (typeof groundControlTranslationRef)['T']
>;

/** The plugin's texts in the reader's language. */
export function useText(): Text {
  return useTranslationRef(groundControlTranslationRef).t;
}
