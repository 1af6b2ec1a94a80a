import {
  Verdict,
  VERDICT_LEVELS,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Judgement } from '../../policies/types';
import { RequestRow } from '../types';
import type { RequestChange } from './findChanges';

function findVerdictChanges(row: RequestRow, now: Verdict[]): RequestChange[] {
  const before: Verdict[] = JSON.parse(row.verdicts);
  const bound = (verdicts: Verdict[]) =>
    new Map(
      verdicts
        .filter(verdict => !verdict.momentary)
        .map(verdict => [verdict.policy, verdict]),
    );
  const [then, present] = [bound(before), bound(now)];
  return [...new Set([...then.keys(), ...present.keys()])].flatMap(policy => {
    const verdict = present.get(policy);
    const rank = VERDICT_LEVELS.indexOf(verdict?.level ?? 'pass');
    const rankBefore = VERDICT_LEVELS.indexOf(
      then.get(policy)?.level ?? 'pass',
    );
    if (rank === rankBefore) return [];
    const worse = rank > rankBefore;
    const says = verdict ?? now.find(one => one.policy === policy);
    return {
      code: worse ? ('verdict-worse' as const) : ('verdict-better' as const),
      message: says
        ? `The policy ${policy} says otherwise now: ${says.reason}`
        : `The policy ${policy} has nothing to say any more.`,
      outdates: worse,
    };
  });
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
