import {
  AccessIntent,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { hashBound } from './hashBound';

/** What a decision on access is bound to. */
export interface BoundAccess {
  repository: string;
  /** Id of the entry. */
  subject: string;
  intent: AccessIntent;
  /** Of what the entry is to say, and from where it is to be called. */
  digest: string;
  verdicts: Verdict[];
}

/** Makes one hash of what a decision on access is bound to. */
export function computeAccessEvidence(bound: BoundAccess): string {
  const { repository, subject, intent, digest, verdicts } = bound;
  const facts = { repository, kind: 'access', subject, intent, digest };
  return hashBound(facts, verdicts);
}
