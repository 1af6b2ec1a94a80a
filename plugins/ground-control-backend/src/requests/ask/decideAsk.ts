import { Permit } from '@ground-control/backstage-plugin-ground-control-common';
import { describeBlocks, findBlocks } from '../decide/findBlocks';
import { refuse } from '../resolve/refuse';
import { JudgedWish } from './types';

/**
 * Decides whether a wish may be asked for as far as policies go. What can be
 * overridden, or passes by itself, may be asked for.
 */
export function decideAsk({ judgement }: JudgedWish): Permit {
  const { final } = findBlocks(judgement.verdicts, []);
  return final.length > 0
    ? refuse('blocked', describeBlocks(final))
    : { allowed: true };
}

/** Whether nobody has to decide. A lasting block is for somebody to go over. */
export function needsNobody({ judgement }: JudgedWish): boolean {
  const { requirement, verdicts } = judgement;
  const { final, overridable } = findBlocks(verdicts, []);
  return (
    requirement.approvals === 0 &&
    !requirement.platform &&
    final.length === 0 &&
    overridable.every(block => block.momentary)
  );
}
