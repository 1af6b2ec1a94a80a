import { ReleaseWish } from './request';

/** Asks for releases; all or none are accepted. @public */
export interface AskForReleases {
  /** 1 to 20. */
  wishes: ReleaseWish[];
  reason?: string;
  /** Made by the client once a form: the same again changes nothing. */
  idempotencyKey: string;
  /** Of a rollback: switch the environment's auto-release off for so many hours, 1 to 168. */
  pauseAutoReleaseHours?: number;
}

/**
 * What somebody couldn't look at, and approves without: accepted by these names
 * as a warning is by its policy's.
 *
 * @public
 */
export const APPROVED_WITHOUT = [
  'without-commits',
  'without-difference',
] as const;

/** One of {@link APPROVED_WITHOUT}. @public */
export type ApprovedWithout = (typeof APPROVED_WITHOUT)[number];

/** A warning that is accepted. @public */
export interface AcceptedWarning {
  /** Or one of {@link APPROVED_WITHOUT}. */
  policy: string;
  /**
   * The reason as it was shown. One that changes by the moment may say
   * something else by now, and then both are recorded.
   */
  reason: string;
}

/** A decision on a request. @public */
export interface DecideRequest {
  decision: 'approve' | 'reject';
  /** As the detail gave it. */
  evidence: string;
  /** Needed to reject; at most 2,000 characters. */
  comment?: string;
  /** Each warning is needed to approve. */
  accepted?: AcceptedWarning[];
}

/** Goes over a block. @public */
export interface OverrideRequest {
  evidence: string;
  /** At least 20 characters. */
  reason: string;
  /** Each warning is needed. */
  accepted?: AcceptedWarning[];
}
