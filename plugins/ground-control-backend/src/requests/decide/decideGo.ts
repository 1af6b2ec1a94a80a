import { Verdict } from '@ground-control/backstage-plugin-ground-control-common';
import { Judgement } from '../../policies/types';
import { RejudgeResult, RequestRow } from '../types';
import { describeBlocks, findBlocks, readOverridden } from './findBlocks';
import type { RequestChange } from './findChanges';

/**
 * Decides whether an approved request may become a commit as it is judged now,
 * and by what has changed, the gravest first. It was approved for what it was
 * then: what is worse now was approved by nobody.
 */
export function decideGo(
  row: RequestRow,
  now: Judgement & { changes: RequestChange[] },
): RejudgeResult {
  const [change] = now.changes;
  if (change?.outdates) {
    return { kind: 'outdate', code: change.code, message: change.message };
  }
  const { final, overridable, momentary } = findBlocks(
    now.verdicts,
    readOverridden(row),
  );
  const lasting = [...final, ...overridable.filter(block => !block.momentary)];
  if (lasting.length > 0) {
    return {
      kind: 'outdate',
      code: 'blocked',
      message: describeBlocks(lasting),
    };
  }
  if (momentary.length > 0) {
    return {
      kind: 'hold',
      code: momentary[0].policy,
      message: describeBlocks(momentary),
      ...describeEnd(momentary),
    };
  }
  const unproven = findUnproven(row, now.verdicts);
  if (unproven.length > 0) {
    return {
      kind: 'hold',
      code: unproven[0].policy,
      message: `It was approved to wait for this, and it can’t be told now: ${describeBlocks(
        unproven,
      )}`,
    };
  }
  const { approvals, platform, reason } = now.lasting ?? now.requirement;
  // Whoever went over what held it has decided where nobody had to.
  const decided = Math.max(row.approvals_needed, row.override ? 1 : 0);
  const isStricter = approvals > decided || (platform && !row.platform_needed);
  if (isStricter) {
    return {
      kind: 'outdate',
      code: 'requirement-changed',
      message: `More people have to decide now than did: ${reason}`,
    };
  }
  return { kind: 'go' };
}

/**
 * What was approved while something blocked it for a while waits until that
 * passes. Nobody has accepted a warning in its place, such as that a cluster
 * stopped telling how the artifact does that soaks there.
 */
function findUnproven(row: RequestRow, now: Verdict[]): Verdict[] {
  const before: Verdict[] = JSON.parse(row.verdicts);
  const overridden = readOverridden(row);
  const waitedFor = before
    .filter(({ level, momentary }) => level === 'block' && momentary)
    .map(({ policy }) => policy)
    .filter(policy => !overridden.includes(policy));
  return now.filter(
    ({ policy, level, momentary }) =>
      level === 'warning' && momentary && waitedFor.includes(policy),
  );
}

/** When all of these are over by themselves, where each says so. */
function describeEnd(blocks: Verdict[]): { until?: number } {
  const ends = blocks.map(({ until }) => Date.parse(until ?? ''));
  return ends.some(Number.isNaN) ? {} : { until: Math.max(...ends) };
}
