import {
  PolicyFault,
  PolicyRuleName,
} from '@ground-control/backstage-plugin-ground-control-common';
import { describeRule, mergeRules, RuleLevel } from '../rules';
import { mergeLevels, PlacedLevel, statedAt } from './findSubjectLevels';
import { rankRules } from './rankRules';

const NONE: RuleLevel = { environments: new Map(), freezes: [] };
const FLOOR = 'app-config';

/** Where each rule stands within an environment's part of the file. */
const PATHS: Record<PolicyRuleName, string[]> = {
  approvals: ['approvals'],
  onlyWhenWarning: ['onlyWhenWarning'],
  rollbackNeedsApproval: ['rollbackNeedsApproval'],
  soak: ['soak'],
  tests: ['tests'],
  highVulnerabilities: ['vulnerabilities', 'high'],
  mediumVulnerabilities: ['vulnerabilities', 'medium'],
  links: ['links'],
};

/**
 * Finds what a level says and may not, because the floor asks for more; and
 * what it says and doesn't count, because another level is stricter.
 *
 * @param levels - all that hold for the subject, the level among them
 */
export function findFloorFaults(
  level: RuleLevel,
  levels: readonly PlacedLevel[],
  environments: readonly string[],
): { faults: PolicyFault[]; notes: string[] } {
  const floor = levels.find(({ place }) => place === 'floor')?.level ?? NONE;
  const faults: PolicyFault[] = [];
  const notes: string[] = [];
  for (const environment of environments) {
    const lowest = rankRules(
      mergeRules({
        environment,
        environments,
        floor,
        defaults: NONE,
        others: [],
      }),
    );
    const merged = rankRules(mergeLevels(levels, environment, environments));
    for (const stated of rankRules(statedAt(level, environment)).values()) {
      const { rule, rank, text } = stated;
      const least = lowest.get(rule);
      const holds = merged.get(rule);
      const isFloor = least?.ruled.rule?.file === FLOOR;
      if (least && isFloor && rank < least.rank) {
        faults.push({
          path: ['environments', environment, ...PATHS[rule]],
          message: `${environment}: ${rule} can't be ${text}, because ${describeRule(
            least.ruled.rule,
          )} is the floor, which nobody goes below here. Choose ${
            least.text
          } or stricter, or leave it out.`,
        });
      } else if (holds && rank < holds.rank) {
        notes.push(
          `${environment}: ${rule} ${text} doesn't count, because ${
            holds.text
          } is stricter: ${describeRule(holds.ruled.rule)}.`,
        );
      }
    }
  }
  return { faults, notes };
}
