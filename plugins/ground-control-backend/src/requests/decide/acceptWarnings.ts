import { InputError } from '@backstage/errors';
import {
  AcceptedWarning,
  APPROVED_WITHOUT,
  ApprovedWithout,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { cleanMessage } from '../addStep';

/** What is recorded of whoever approves without having seen something. */
const WITHOUT: Record<ApprovedWithout, string> = {
  'without-commits': 'Approved without the commits, which were not available.',
  'without-difference':
    'Approved without the difference, which was not available.',
};

/**
 * Puts the warnings of now beside those that were accepted. What a person read
 * is what they accepted, so a reason that has changed since stands beside the
 * one of now: the former is the browser's word, the latter ours.
 *
 * Whether somebody saw the commits and the difference can't be checked here:
 * they load apart from the request, and may fail on the way to the browser. So
 * that they approve without is taken from them, in our words.
 *
 * @throws InputError where a warning isn't accepted
 */
export function acceptWarnings(
  verdicts: Verdict[],
  accepted: AcceptedWarning[] = [],
): AcceptedWarning[] {
  const warnings = verdicts.filter(({ level }) => level === 'warning');
  const shown = new Map(
    accepted.map(({ policy, reason }) => [policy, cleanMessage(reason) ?? '']),
  );
  const open = warnings.filter(({ policy }) => !shown.has(policy));
  if (open.length > 0) {
    throw new InputError(
      `Accept each warning to approve: ${open
        .map(({ policy, reason }) => `${policy} (${reason})`)
        .join('; ')}`,
    );
  }
  const known = warnings.map(({ policy, reason }) => {
    const read = shown.get(policy)!;
    return {
      policy,
      reason:
        read === cleanMessage(reason) ? reason : `${reason} (read as: ${read})`,
    };
  });
  const without = APPROVED_WITHOUT.filter(policy => shown.has(policy));
  return [
    ...known,
    ...without.map(policy => ({ policy, reason: WITHOUT[policy] })),
  ];
}
