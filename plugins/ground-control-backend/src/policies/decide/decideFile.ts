import { formatPolicyFault, POLICY_FILE } from '../file';
import { block, warn } from './say';
import { Decide } from './types';

/**
 * Says that policies can't be read. Nobody knows what they ask for, so a
 * release waits where somebody has to decide; elsewhere the floor holds, as it
 * does for a rollback, which no rule of the file could stop.
 */
export const decideFile: Decide = facts => {
  const { fileFault, rules, release } = facts;
  if (!fileFault) return undefined;
  const words = {
    title: 'Policies can’t be read',
    rule: {
      file: POLICY_FILE,
      ...(fileFault.line !== undefined && { line: fileFault.line }),
    },
    remedy: `Mend ${POLICY_FILE}, and commit it.`,
  };
  const what = formatPolicyFault(fileFault);
  if (release.intent === 'rollback') {
    return warn({
      ...words,
      reason: `${what} A rollback isn't kept by that; what can be read and the floor of app-config hold.`,
    });
  }
  return rules.approvals.value === 0
    ? warn({
        ...words,
        reason: `${what} Nobody has to approve releases to ${release.environment}, so what can be read and the floor of app-config hold.`,
      })
    : block({
        ...words,
        reason: `${what} Releases to ${release.environment} need an approval, so none is made while it isn't known what else they need.`,
      });
};
