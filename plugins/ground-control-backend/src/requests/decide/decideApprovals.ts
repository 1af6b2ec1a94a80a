import { DecisionRole, DecisionRow } from '../types';

/** What a request still waits for. */
export interface Missing {
  /** Approvals of further people. */
  approvals: number;
  /** One of a platform engineer. */
  platform: boolean;
}

/** Whose approval is the squad's own. */
const OF_SQUAD: readonly DecisionRole[] = [
  'lead',
  'platform-stand-in',
  'lead-stand-in',
];

/**
 * Decides whether there are approvals enough. Where a platform engineer has to
 * decide too, their approval stands beside the others and isn't one of them:
 * it is there because those others may not be whom they should be. Nobody
 * counts as both.
 *
 * Of a service without a squad, platform engineers give all of them.
 *
 * Going over a block counts as one approval, of whoever could give it.
 *
 * @returns what is missing; undefined when nothing is
 */
export function decideApprovals(
  needed: { approvals: number; platform: boolean; hasSquad: boolean },
  decisions: Array<Pick<DecisionRow, 'decision' | 'role'>>,
): Missing | undefined {
  const roles = decisions
    .filter(({ decision }) => decision !== 'reject')
    .map(({ role }) => role);
  const ofPlatform = roles.filter(role => role === 'platform').length;
  const ofSquad = roles.filter(role => OF_SQUAD.includes(role)).length;
  const counted = needed.hasSquad ? ofSquad : ofSquad + ofPlatform;
  const platform = needed.platform && ofPlatform === 0;
  const approvals = Math.max(0, needed.approvals - counted);
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
