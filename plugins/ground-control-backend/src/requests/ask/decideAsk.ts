import {
  Permit,
  RequestWait,
} from '@ground-control/backstage-plugin-ground-control-common';
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

/**
 * Decides what a request waits for first. A lasting block is for somebody to go
 * over, also where nobody would have to decide otherwise.
 */
export function decideWait({ judgement }: JudgedWish): RequestWait {
  const { requirement, verdicts } = judgement;
  const { final, overridable } = findBlocks(verdicts, []);
  if (final.length > 0 || overridable.some(block => !block.momentary)) {
    return 'override';
  }
  return requirement.approvals === 0 && !requirement.platform
    ? 'nobody'
    : 'approval';
}
