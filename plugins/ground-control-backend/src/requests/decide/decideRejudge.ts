import { RejudgeResult, RequestRow } from '../types';
import { describeBlocks, findBlocks, readOverridden } from './findBlocks';
import { findChanges, Present } from './findChanges';

/**
 * Decides whether an approved request may become a commit as things stand. It
 * was approved for what it was then: what is worse now was approved by nobody.
 */
export function decideRejudge(row: RequestRow, now: Present): RejudgeResult {
  const [change] = findChanges(row, now);
  if (change?.outdates) {
    return { kind: 'outdate', code: change.code, message: change.message };
  }
  const { approvals, platform, reason } = now.requirement;
  // Going over a block stands for approvals, never for a platform engineer's.
  const isStricter =
    (approvals > row.approvals_needed && !row.override) ||
    (platform && !row.platform_needed);
  if (isStricter) {
    return {
      kind: 'outdate',
      code: 'requirement-changed',
      message: `More people have to decide now than did: ${reason}`,
    };
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
    };
  }
  return { kind: 'go' };
}
