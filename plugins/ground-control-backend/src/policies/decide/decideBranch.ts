import { RE2JS } from 're2js';
import { cleanText } from '../../lib/cleanText';
import { describeRule } from '../rules';
import { block, pass } from './say';
import { Decide } from './types';

/** Longer ones are no branches and no patterns of anybody. */
const MAX_LENGTH = 1_000;

/**
 * Whether a branch matches a pattern of release-manager: RE2, found anywhere
 * in it. JavaScript's own patterns are others, and can take forever.
 *
 * @returns undefined where the pattern isn't RE2
 */
export function matchesBranch(
  pattern: string,
  branch: string,
): boolean | undefined {
  if (pattern.length > MAX_LENGTH || branch.length > MAX_LENGTH) {
    return undefined;
  }
  try {
    return RE2JS.compile(pattern).matcher(branch).find();
  } catch {
    return undefined;
  }
}

/** Of which branches artifacts may be released to the environment. */
export const decideBranch: Decide = ({ release, branch: facts }) => {
  const { environment, artifact } = release;
  if ('fault' in facts) {
    return block({
      title: 'Branch restrictions can’t be read',
      reason: `${facts.path}: ${facts.fault} So it can't be told which branches may be released to ${environment}.`,
      rule: { file: facts.path, keptBy: 'squad' },
      remedy: `Mend ${facts.path}, and commit it.`,
    });
  }
  const { restrictions } = facts;
  if (restrictions.length === 0) {
    return pass({
      title: 'Any branch',
      reason: `No rule restricts which branches are released to ${environment}.`,
    });
  }
  for (const { value, rule } of restrictions) {
    const where = describeRule(rule);
    const pattern = cleanText(value, 200);
    if (artifact.branch === undefined) {
      return block({
        title: 'Branch unknown',
        reason: `The artifact doesn't name its branch, and ${environment} takes only branches that match ${where}.`,
        rule,
        remedy: 'Release a build that names its branch.',
      });
    }
    const matches = matchesBranch(value, artifact.branch);
    const file = rule?.file ?? 'the policies';
    if (matches === undefined) {
      return block({
        title: 'Branch pattern can’t be read',
        reason: `The pattern of ${where} is not RE2, or too long, so it can't be told which branches may be released to ${environment}.`,
        rule,
        remedy: `Mend the pattern in ${file}.`,
      });
    }
    if (!matches) {
      return block({
        title: 'Branch not allowed',
        reason: `The artifact is of the branch ${cleanText(
          artifact.branch,
          200,
        )}, and ${environment} takes only branches that match ${where}.`,
        rule,
        remedy: `Release a build of a branch that matches ${pattern}.`,
      });
    }
  }
  const [{ rule }] = restrictions;
  const all = restrictions.map(one => describeRule(one.rule)).join(' and ');
  return pass({
    title: 'Branch allowed',
    reason: `The branch ${cleanText(
      artifact.branch ?? '',
      200,
    )} may be released to ${environment}${
      restrictions.length > 1 ? `: it matches ${all}` : ''
    }.`,
    rule,
  });
};
