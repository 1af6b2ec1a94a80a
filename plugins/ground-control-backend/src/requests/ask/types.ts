import { Judgement } from '../../policies/types';
import { ResolvedRelease } from '../resolve/types';

/** Who asks: a person, or a policy that releases by itself. */
export interface Requester {
  /** Entity ref of a User, or `system:auto-release`. */
  ref: string;
  name: string;
  /** What stands for their address in a commit's message. */
  email: string;
}

/** What would be released, and what the policies say of it. */
export interface JudgedWish {
  release: ResolvedRelease;
  judgement: Judgement;
}

/** What was asked for, ready to be written. */
export interface Asked {
  repository: string;
  requester: Requester;
  wishes: JudgedWish[];
  reason?: string;
  idempotencyKey: string;
  /** Of all that was asked with the key. */
  digest: string;
  pauseAutoReleaseHours?: number;
}
