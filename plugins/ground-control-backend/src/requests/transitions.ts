import { RequestState } from '@ground-control/backstage-plugin-ground-control-common';
import { RequestEventType } from './types';

/**
 * The life of a release request: what can happen to it in each state, and
 * where that leads. Whatever isn't here can't happen.
 *
 * - Only `pending` takes decisions, so a decision is final.
 * - `held` goes on by `resume`, which is also what an override of the block
 *   that holds it does.
 * - Every state that a commit can have been built in takes `commit`, and so do
 *   the ends that follow on those: a push may have arrived before anybody knew
 *   of it, and what stands on the branch is the truth.
 * - `rejected` follows on `pending` alone and `succeeded` is the end of all,
 *   so nothing happens to them.
 */
export const TRANSITIONS: Readonly<
  Record<RequestState, Partial<Record<RequestEventType, RequestState>>>
> = {
  pending: {
    approve: 'approved',
    reject: 'rejected',
    cancel: 'cancelled',
    expire: 'expired',
    outdate: 'outdated',
    supersede: 'superseded',
  },
  approved: {
    hold: 'held',
    cancel: 'cancelled',
    outdate: 'outdated',
    supersede: 'superseded',
    commit: 'committed',
    fail: 'failed',
  },
  held: {
    resume: 'approved',
    cancel: 'cancelled',
    expire: 'expired',
    outdate: 'outdated',
    supersede: 'superseded',
    commit: 'committed',
    fail: 'failed',
  },
  committed: { succeed: 'succeeded', fail: 'failed' },
  succeeded: {},
  rejected: {},
  cancelled: { commit: 'committed' },
  expired: { commit: 'committed' },
  outdated: { commit: 'committed' },
  superseded: { commit: 'committed' },
  failed: { commit: 'committed' },
};
