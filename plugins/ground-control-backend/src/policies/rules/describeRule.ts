import { RuleSource } from '@ground-control/backstage-plugin-ground-control-common';

/** Where a rule stands, within a sentence; a rule of nobody is a default. */
export function describeRule(rule: RuleSource | undefined): string {
  if (!rule) return 'by default';
  const where =
    rule.line === undefined ? rule.file : `${rule.file}, line ${rule.line}`;
  return rule.text === undefined ? where : `${rule.text} in ${where}`;
}
