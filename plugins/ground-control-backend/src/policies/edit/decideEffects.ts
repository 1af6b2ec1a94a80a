import {
  POLICY_RULES,
  PolicyEffect,
} from '@ground-control/backstage-plugin-ground-control-common';
import { formatFreeze } from '../freeze';
import { EnvironmentRules } from '../rules';
import { rankRules } from './rankRules';

/** What holds in an environment besides the rules of `ground-control.yaml`. */
export interface EnvironmentState {
  environment: string;
  rules: EnvironmentRules;
  branchRestriction?: string;
  autoRelease?: string;
}

function directionOf(before: number, after: number): PolicyEffect['direction'] {
  return after > before ? 'stricter' : 'laxer';
}

/** Whether people who had to approve have to no more. */
function removesApprovals(
  before: EnvironmentRules,
  after: EnvironmentRules,
): boolean {
  const isGuarded = before.approvals.value > 0;
  return (
    isGuarded &&
    (after.approvals.value < before.approvals.value ||
      (after.onlyWhenWarning.value && !before.onlyWhenWarning.value))
  );
}

function compareFreezes(
  environment: string,
  before: EnvironmentRules,
  after: EnvironmentRules,
): PolicyEffect[] {
  const list = ({ freezes }: EnvironmentRules) =>
    new Set(freezes.map(({ value }) => formatFreeze(value)));
  const [then, now] = [list(before), list(after)];
  const rule = 'freeze' as const;
  return [
    ...[...then]
      .filter(window => !now.has(window))
      .map(window => ({
        environment,
        rule,
        before: window,
        direction: 'laxer' as const,
      })),
    ...[...now]
      .filter(window => !then.has(window))
      .map(window => ({
        environment,
        rule,
        after: window,
        direction: 'stricter' as const,
      })),
  ];
}

function compareText(
  environment: string,
  rule: 'branch-restriction' | 'auto-release',
  before: string | undefined,
  after: string | undefined,
): PolicyEffect[] {
  if (before === after) return [];
  const direction = () => {
    // Which of two patterns takes more branches can't be told.
    if (rule === 'auto-release' || (before && after)) return 'other';
    return after === undefined ? 'laxer' : 'stricter';
  };
  return [
    {
      environment,
      rule,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      direction: direction(),
    },
  ];
}

/** Tells what a change does to the rules that hold in an environment. */
export function decideEffects(
  before: EnvironmentState,
  after: EnvironmentState,
): PolicyEffect[] {
  const { environment } = before;
  const then = rankRules(before.rules);
  const now = rankRules(after.rules);
  const removed = removesApprovals(before.rules, after.rules);
  const ruled = POLICY_RULES.flatMap((rule): PolicyEffect[] => {
    const [a, b] = [then.get(rule), now.get(rule)];
    if (!a || !b || a.rank === b.rank) return [];
    const isApproval = rule === 'approvals' || rule === 'onlyWhenWarning';
    const direction = directionOf(a.rank, b.rank);
    return [
      {
        environment,
        rule,
        before: a.text,
        after: b.text,
        direction,
        ...(removed &&
          isApproval &&
          direction === 'laxer' && { approvalsRemoved: true as const }),
      },
    ];
  });
  return [
    ...ruled,
    ...compareFreezes(environment, before.rules, after.rules),
    ...compareText(
      environment,
      'branch-restriction',
      before.branchRestriction,
      after.branchRestriction,
    ),
    ...compareText(
      environment,
      'auto-release',
      before.autoRelease,
      after.autoRelease,
    ),
  ];
}

/** An effect on one line, for the audit trail. */
export function formatEffect(effect: PolicyEffect): string {
  const { environment, rule, before, after, direction } = effect;
  const how = direction === 'other' ? '' : ` (${direction})`;
  return `${environment}: ${rule} ${before ?? 'none'} → ${
    after ?? 'none'
  }${how}`;
}
