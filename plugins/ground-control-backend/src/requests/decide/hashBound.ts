import { Verdict } from '@ground-control/backstage-plugin-ground-control-common';
import { hashCanonical } from '../../audit/hashCanonical';

/**
 * Makes one hash of what a decision is bound to. Nothing that moves with every
 * commit, with the clock or by the moment is in it, or no decision would hold
 * for longer than a minute.
 */
export function hashBound(facts: object, verdicts: Verdict[]): string {
  const levels = verdicts
    .filter(verdict => !verdict.momentary)
    .map(({ policy, level }) => [policy, level]);
  return hashCanonical({ ...facts, verdicts: levels });
}
