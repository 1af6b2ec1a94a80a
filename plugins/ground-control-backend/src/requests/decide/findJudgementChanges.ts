import {
  Verdict,
  VERDICT_LEVELS,
  VerdictLevel,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Judgement } from '../../policies/types';
import { DecisionRow, RequestRow } from '../types';
import type { RequestChange } from './findChanges';

const WAS: Record<VerdictLevel, string> = {
  pass: 'passed',
  warning: 'was a warning',
  block: 'was a block',
};
const IS: Record<VerdictLevel, string> = {
  pass: 'passes',
  warning: 'warns',
  block: 'blocks',
};

function describeBetter(
  { policy, level }: Verdict,
  now: Verdict | undefined,
): string {
  return now
    ? `The policy ${policy} ${WAS[level]} and ${IS[now.level]} now: ${
        now.reason
      }`
    : `The policy ${policy} ${WAS[level]} and has nothing to say any more.`;
}

/** They approved what a verdict was before it got better. */
function bindBetter(changes: RequestChange[]): RequestChange[] {
  return changes.map(change =>
    change.code === 'verdict-better' && !change.outdates
      ? {
          ...change,
          message: `${change.message} It has to be approved again on that.`,
          outdates: true,
        }
      : change,
  );
}

/** The gravest first. */
export function sortChanges(changes: RequestChange[]): RequestChange[] {
  return changes.sort((a, b) => Number(b.outdates) - Number(a.outdates));
}

/**
 * Has a verdict that got better outdate a pending request that somebody
 * approved in part. Where nobody did, nobody's word is bent, and whoever
 * decides sees what it is now.
 */
export function bindToDecisions(
  changes: RequestChange[],
  decisions: Array<Pick<DecisionRow, 'decision'>>,
): RequestChange[] {
  return decisions.some(({ decision }) => decision !== 'reject')
    ? sortChanges(bindBetter(changes))
    : changes;
}

function findVerdictChanges(row: RequestRow, now: Verdict[]): RequestChange[] {
  const before: Verdict[] = JSON.parse(row.verdicts);
  const bound = (verdicts: Verdict[]) =>
    new Map(
      verdicts
        .filter(verdict => !verdict.momentary)
        .map(verdict => [verdict.policy, verdict]),
    );
  const [then, present] = [bound(before), bound(now)];
  const changes = [...new Set([...then.keys(), ...present.keys()])].flatMap(
    (policy): RequestChange[] => {
      const [was, is] = [then.get(policy), present.get(policy)];
      const rank = VERDICT_LEVELS.indexOf(is?.level ?? 'pass');
      const rankBefore = VERDICT_LEVELS.indexOf(was?.level ?? 'pass');
      if (is && rank > rankBefore) {
        const message = `The policy ${policy} says otherwise now: ${is.reason}`;
        return [{ code: 'verdict-worse', message, outdates: true }];
      }
      if (was && rank < rankBefore) {
        const says = is ?? now.find(one => one.policy === policy);
        const message = describeBetter(was, says);
        return [{ code: 'verdict-better', message, outdates: false }];
      }
      return [];
    },
  );
  // Of those that outdate it the worse ones are told first.
  const sorted = sortChanges(changes);
  return isApproved(row) ? bindBetter(sorted) : sorted;
}

/** Whether it isn't only let through, but somebody decided on it. */
function isApproved(row: RequestRow): boolean {
  const asked = row.approvals_needed > 0 || row.platform_needed;
  return row.state !== 'pending' && (asked || row.override);
}

/** Finds where a request is judged otherwise than it was. */
export function findJudgementChanges(
  row: RequestRow,
  { requirement, lasting = requirement, verdicts }: Judgement,
): RequestChange[] {
  const changes = findVerdictChanges(row, verdicts);
  const { approvals, platform, reason } =
    row.state === 'pending' ? requirement : lasting;
  if (approvals !== row.approvals_needed || platform !== row.platform_needed) {
    changes.push({
      code: 'requirement-changed',
      message: `Who has to decide has changed: ${reason}`,
      outdates: false,
    });
  }
  return changes;
}
