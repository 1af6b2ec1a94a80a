import {
  PolicyFreeze,
  PolicyLevelRules,
  PolicyRuleName,
  PolicyRules,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A rule as a field shows it; empty where nothing is said. */
export function readRule(
  rules: PolicyLevelRules,
  environment: string,
  rule: PolicyRuleName,
): string {
  const said = rules.environments?.[environment];
  if (rule === 'highVulnerabilities') return said?.vulnerabilities?.high ?? '';
  if (rule === 'mediumVulnerabilities') {
    return said?.vulnerabilities?.medium ?? '';
  }
  const value = said?.[rule];
  return value === undefined ? '' : String(value);
}

function toValue(rule: PolicyRuleName, text: string): unknown {
  if (text === '') return undefined;
  if (rule === 'approvals') return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** Leaves out what says nothing. */
function withValue<T extends object>(of: T, key: string, value: unknown): T {
  const { [key as keyof T]: _, ...others } = of;
  return (value === undefined ? others : { ...others, [key]: value }) as T;
}

function orNothing<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

function withEnvironment(
  rules: PolicyLevelRules,
  environment: string,
  said: PolicyRules,
): PolicyLevelRules {
  const environments = withValue(
    rules.environments ?? {},
    environment,
    orNothing(said),
  );
  return withValue(rules, 'environments', orNothing(environments));
}

/** The rules with one of them as a field says. */
export function changeRule(
  rules: PolicyLevelRules,
  environment: string,
  rule: PolicyRuleName,
  text: string,
): PolicyLevelRules {
  const said = rules.environments?.[environment] ?? {};
  const value = toValue(rule, text);
  const part = { highVulnerabilities: 'high', mediumVulnerabilities: 'medium' }[
    rule as string
  ];
  const changed = part
    ? withValue(
        said,
        'vulnerabilities',
        orNothing(withValue(said.vulnerabilities ?? {}, part, value)),
      )
    : withValue(said, rule, value);
  return withEnvironment(rules, environment, changed);
}

/** Freezes of one environment, or with none named of all. */
export function readFreezes(
  rules: PolicyLevelRules,
  environment?: string,
): PolicyFreeze[] {
  const of = environment ? rules.environments?.[environment] : rules;
  return of?.freeze ?? [];
}

/** The pair of {@link readFreezes}. */
export function changeFreezes(
  rules: PolicyLevelRules,
  freezes: PolicyFreeze[],
  environment?: string,
): PolicyLevelRules {
  const list = freezes.length > 0 ? freezes : undefined;
  if (!environment) return withValue(rules, 'freeze', list);
  const said = rules.environments?.[environment] ?? {};
  return withEnvironment(rules, environment, withValue(said, 'freeze', list));
}
