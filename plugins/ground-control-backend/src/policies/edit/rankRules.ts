import {
  POLICY_RULES,
  PolicyRuleName,
} from '@ground-control/backstage-plugin-ground-control-common';
import { CheckMode, EnvironmentRules, Ruled, StatedRules } from '../rules';
import { formatDuration } from './formatDuration';

const MODES: readonly CheckMode[] = ['off', 'warn', 'block'];

/** Where a rule is kept among those of an environment. */
const KEYS = {
  approvals: 'approvals',
  onlyWhenWarning: 'onlyWhenWarning',
  rollbackNeedsApproval: 'rollbackNeedsApproval',
  soak: 'soakMs',
  tests: 'tests',
  highVulnerabilities: 'highVulnerabilities',
  mediumVulnerabilities: 'mediumVulnerabilities',
  links: 'links',
} as const satisfies Record<
  PolicyRuleName,
  Exclude<keyof EnvironmentRules, 'freezes'>
>;

/** A rule's value as it is ranked, written and named. */
export interface RankedRule {
  rule: PolicyRuleName;
  /** Higher is stricter. */
  rank: number;
  /** In the words of the file. */
  text: string;
  ruled: Ruled<unknown>;
}

function rankOf(
  rule: PolicyRuleName,
  value: number | boolean | CheckMode,
): number {
  if (typeof value === 'string') return MODES.indexOf(value);
  // To be asked always is stricter than only when something warns.
  return rule === 'onlyWhenWarning' ? -Number(value) : Number(value);
}

/** The rules that some place states, each with how strict it is. */
export function rankRules(rules: StatedRules): Map<PolicyRuleName, RankedRule> {
  return new Map(
    POLICY_RULES.flatMap(rule => {
      const ruled = rules[KEYS[rule]];
      if (!ruled) return [];
      const { value } = ruled;
      const text =
        rule === 'soak' ? formatDuration(value as number) : String(value);
      return [[rule, { rule, rank: rankOf(rule, value), text, ruled }]];
    }),
  );
}
