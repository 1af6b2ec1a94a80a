import { DecisionRow } from '../types';

/** What a request still waits for. */
export interface Missing {
  /** Approvals of further people. */
  approvals: number;
  /** One of a platform engineer. */
  platform: boolean;
}

/**
 * Decides whether there are approvals enough. Where a platform engineer has to
 * decide too, their approval stands beside the others and isn't one of them:
 * it is there because those others may not be whom they should be.
 *
 * Of a service without a squad, platform engineers give all of them.
 *
 * Going over a block stands for all approvals but that of a platform engineer.
 *
 * @returns what is missing; undefined when nothing is
 */
export function decideApprovals(
  needed: { approvals: number; platform: boolean; hasSquad: boolean },
  decisions: Array<Pick<DecisionRow, 'decision' | 'role'>>,
): Missing | undefined {
  const approving = decisions.filter(({ decision }) => decision !== 'reject');
  const ofPlatform = approving.filter(({ role }) => role === 'platform').length;
  const ofOthers = approving.length - ofPlatform;
  const isOverridden = approving.some(
    ({ decision }) => decision === 'override',
  );
  const platform = needed.platform && ofPlatform === 0;
  const isBeside = needed.platform && needed.hasSquad;
  const counted = ofOthers + Math.max(0, ofPlatform - (isBeside ? 1 : 0));
  const approvals = isOverridden ? 0 : Math.max(0, needed.approvals - counted);
  return approvals > 0 || platform ? { approvals, platform } : undefined;
}

/** What a request waits for, as part of a sentence. */
export function describeMissing({ approvals, platform }: Missing): string {
  return [
    ...(approvals > 0
      ? [approvals === 1 ? 'one more approval' : `${approvals} more approvals`]
      : []),
    ...(platform ? ['a platform engineer'] : []),
  ].join(' and ');
}
