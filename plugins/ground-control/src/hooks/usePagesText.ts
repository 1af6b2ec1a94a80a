import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { groundControlPagesTranslationRef } from '../pagesTranslation';

/** Looks a text of the pages up, in the reader's language. */
export type PagesText = TranslationFunction<
  (typeof groundControlPagesTranslationRef)['T']
>;

/** The texts that only pages show, in the reader's language. */
export function usePagesText(): PagesText {
  return useTranslationRef(groundControlPagesTranslationRef).t;
}
