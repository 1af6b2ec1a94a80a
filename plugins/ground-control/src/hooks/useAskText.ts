import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { groundControlAskTranslationRef } from '../askTranslation';

/** Looks a text of the forms up, in the reader's language. */
export type AskText = TranslationFunction<
  (typeof groundControlAskTranslationRef)['T']
>;

/** The texts of the forms that ask for releases, in the reader's language. */
export function useAskText(): AskText {
  return useTranslationRef(groundControlAskTranslationRef).t;
}
