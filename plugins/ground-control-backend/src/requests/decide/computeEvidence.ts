import { createHash } from 'node:crypto';
import {
  RequestIntent,
  ServiceRef,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { canonicalJson } from '../../audit/canonicalJson';

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

/**
 * Makes one hash of what a decision is bound to. Nothing that moves with every
 * commit, with the clock or by the moment is in it, or no decision would hold
 * for longer than a minute.
 */
export function computeEvidence(bound: Bound): string {
  const { verdicts, ...facts } = bound;
  const levels = verdicts
    .filter(verdict => !verdict.momentary)
    .map(({ policy, level }) => [policy, level]);
  return createHash('sha256')
    .update(canonicalJson({ ...facts, verdicts: levels }))
    .digest('hex');
}
