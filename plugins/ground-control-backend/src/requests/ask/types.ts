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

/** What somebody sent, whatever it was that they asked for. */
export interface AskedForm {
  repository: string;
  requester: Requester;
  reason?: string;
  idempotencyKey: string;
  /** Of all that was asked with the key. */
  digest: string;
}

/** Releases that were asked for, ready to be written. */
export interface Asked extends AskedForm {
  wishes: JudgedWish[];
  pauseAutoReleaseHours?: number;
}
