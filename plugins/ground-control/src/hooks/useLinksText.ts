import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { groundControlLinksTranslationRef } from '../linksTranslation';

/** Looks a text about links up, in the reader's language. */
export type LinksText = TranslationFunction<
  (typeof groundControlLinksTranslationRef)['T']
>;

/** The texts of links, in the reader's language. */
export function useLinksText(): LinksText {
  return useTranslationRef(groundControlLinksTranslationRef).t;
}
