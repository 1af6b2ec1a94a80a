import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { groundControlReleasesTranslationRef } from '../releasesTranslation';

/** Looks a text about services, clusters and activity up, in the reader's language. */
export type ReleasesText = TranslationFunction<
  (typeof groundControlReleasesTranslationRef)['T']
>;

/** The texts of services, clusters and activity, in the reader's language. */
export function useReleasesText(): ReleasesText {
  return useTranslationRef(groundControlReleasesTranslationRef).t;
}
