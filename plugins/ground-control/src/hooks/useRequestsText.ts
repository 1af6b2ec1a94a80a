import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { groundControlRequestsTranslationRef } from '../requestsTranslation';

/** Looks a text about requests and the audit trail up, in the reader's language. */
export type RequestsText = TranslationFunction<
  (typeof groundControlRequestsTranslationRef)['T']
>;

/** The texts of requests, decisions and the audit trail, in the reader's language. */
export function useRequestsText(): RequestsText {
  return useTranslationRef(groundControlRequestsTranslationRef).t;
}
