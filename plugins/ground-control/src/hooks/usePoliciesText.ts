import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { groundControlPoliciesTranslationRef } from '../policiesTranslation';

/** Looks a text about policies up, in the reader's language. */
export type PoliciesText = TranslationFunction<
  (typeof groundControlPoliciesTranslationRef)['T']
>;

/** The texts of policies, in the reader's language. */
export function usePoliciesText(): PoliciesText {
  return useTranslationRef(groundControlPoliciesTranslationRef).t;
}
