import {
  RequestIntent,
  ServiceRef,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { hashBound } from './hashBound';

/** What a decision is bound to. */
export interface Bound {
  repository: string;
  service: ServiceRef;
  environment: string;
  intent: RequestIntent;
  artifactId: string;
  digest: string;
  /** The commit of the release that is replaced; null for none. */
  replacesRevision: string | null;
  /** Of a rollback: the commit of the release that is gone back to. */
  rollbackRevision: string | null;
  verdicts: Verdict[];
}

/** Makes one hash of what a decision on a release is bound to. */
export function computeEvidence({ verdicts, ...facts }: Bound): string {
  return hashBound(facts, verdicts);
}
