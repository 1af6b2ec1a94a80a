import { InputError } from '@backstage/errors';
import {
  AcceptedWarning,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { cleanMessage } from '../addStep';

/**
 * Puts the warnings of now beside those that were accepted. What a person read
 * is what they accepted, so a reason that has changed since stands beside the
 * one of now: the former is the browser's word, the latter ours.
 *
 * @throws InputError where one isn't accepted
 */
export function acceptWarnings(
  warnings: Verdict[],
  accepted: AcceptedWarning[],
): AcceptedWarning[] {
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
  return warnings.map(({ policy, reason }) => {
    const read = shown.get(policy)!;
    return {
      policy,
      reason:
        read === cleanMessage(reason) ? reason : `${reason} (read as: ${read})`,
    };
  });
}
