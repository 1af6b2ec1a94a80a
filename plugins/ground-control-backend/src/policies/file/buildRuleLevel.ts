import { RuleSource } from '@ground-control/backstage-plugin-ground-control-common';
import { FreezeWindow, Ruled, RuleLevel, StatedRules } from '../rules';
import { formatFreeze } from '../freeze';
import { ParsedLevel } from './levelSchema';

/** Where something stands, and who keeps it; the path is within the level. */
export type Locate = (
  path: ReadonlyArray<string | number>,
) => Omit<RuleSource, 'text'>;

/** Adds to what a level says where each rule stands. */
export function buildRuleLevel(level: ParsedLevel, locate: Locate): RuleLevel {
  const freezesOf = (
    windows: FreezeWindow[] | undefined,
    path: string[],
  ): Ruled<FreezeWindow>[] =>
    (windows ?? []).map((value, i) => ({
      value,
      rule: {
        ...locate([...path, 'freeze', i]),
        text: `freeze: ${formatFreeze(value)}`,
      },
    }));
  const environments = new Map<string, StatedRules>();
  for (const [name, stated] of Object.entries(level.environments ?? {})) {
    const path = ['environments', name];
    const ruled = <T>(
      key: string,
      value: T | undefined,
      text: unknown = value,
      within: string[] = [],
    ): Ruled<T> | undefined =>
      value === undefined
        ? undefined
        : {
            value,
            rule: {
              ...locate([...path, ...within, key]),
              text: `${key}: ${text}`,
            },
          };
    const { vulnerabilities } = stated;
    environments.set(name, {
      approvals: ruled('approvals', stated.approvals),
      onlyWhenWarning: ruled('onlyWhenWarning', stated.onlyWhenWarning),
      rollbackNeedsApproval: ruled(
        'rollbackNeedsApproval',
        stated.rollbackNeedsApproval,
      ),
      soakMs: ruled('soak', stated.soak?.ms, stated.soak?.text),
      tests: ruled('tests', stated.tests),
      highVulnerabilities: ruled('high', vulnerabilities?.high, undefined, [
        'vulnerabilities',
      ]),
      mediumVulnerabilities: ruled(
        'medium',
        vulnerabilities?.medium,
        undefined,
        ['vulnerabilities'],
      ),
      links: ruled('links', stated.links),
      freezes: freezesOf(stated.freeze, path),
    });
  }
  return { environments, freezes: freezesOf(level.freeze, []) };
}
