import {
  PolicyRuleName,
  RuleSource,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PoliciesText } from '../hooks/usePoliciesText';

const WORDS = ['off', 'warn', 'block'] as const;

/** The values that a rule can have; absent where they are written. */
export const RULE_VALUES: Record<
  PolicyRuleName,
  readonly string[] | undefined
> = {
  approvals: ['0', '1', '2', '3'],
  onlyWhenWarning: ['true', 'false'],
  rollbackNeedsApproval: ['true', 'false'],
  soak: undefined,
  tests: WORDS,
  highVulnerabilities: WORDS,
  mediumVulnerabilities: WORDS,
  links: WORDS,
};

/** A rule's value in words. */
export function describeValue(t: PoliciesText, value: string): string {
  if (value === 'true') return t('value.yes');
  if (value === 'false') return t('value.no');
  if (value === '0m') return t('table.none');
  const word = WORDS.find(one => one === value);
  return word ? t(`value.${word}`) : value;
}

/** Where a rule is written; without a source it is built in. */
export function describeSource(t: PoliciesText, source?: RuleSource): string {
  if (!source) return t('table.builtIn');
  return source.line === undefined
    ? source.file
    : t('table.line', { file: source.file, line: String(source.line) });
}
