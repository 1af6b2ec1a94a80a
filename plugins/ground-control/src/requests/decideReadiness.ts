import {
  AcceptedWarning,
  ApprovedWithout,
  ReleaseRequestDetail,
  RequestDiff,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Loaded } from '../hooks/useLoad';

/** Whether a button acts; where not, why. */
export type Readiness =
  | { ready: true }
  | {
      ready: false;
      why:
        | 'busy'
        | 'changed'
        | 'loading'
        | 'permit'
        | 'blocked'
        | 'accept'
        | 'comment';
      /** Of `permit` and `blocked`, as the server words it. */
      message?: string;
      /** Of `accept`: how many ticks are left. */
      count?: number;
    };

/** What the reader has filled in, and what is under way. */
export interface DecisionForm {
  accepted: readonly AcceptedWarning[];
  comment: string;
  busy: boolean;
  /** What is shown is other than what the reader saw first. */
  changed: boolean;
}

/** How the difference stands that loads apart from the request. */
export type DiffState = Pick<Loaded<RequestDiff>, 'data' | 'error'>;

/** Verdicts that whoever approves has to accept by name. */
export function warningsOf(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter(({ level }) => level === 'warning');
}

/** What can't be looked at, and counts as a warning. */
export function unseenOf(
  { changes, request }: ReleaseRequestDetail,
  diff: DiffState,
): ApprovedWithout[] {
  const unseen: ApprovedWithout[] = [];
  // Access brings no commits, and a first release all that there are.
  if (!request.access && request.replaces && changes.kind === 'unknown') {
    unseen.push('without-commits');
  }
  if (diff.error !== undefined || diff.data?.missing !== undefined) {
    unseen.push('without-difference');
  }
  return unseen;
}

/** How many of the policies' names aren't accepted yet. */
export function countLeft(
  policies: readonly string[],
  accepted: readonly AcceptedWarning[],
): number {
  return policies.filter(policy => !accepted.some(one => one.policy === policy))
    .length;
}

/** Whether Approve acts. */
export function approveReadiness(
  detail: ReleaseRequestDetail,
  diff: DiffState,
  form: DecisionForm,
): Readiness {
  if (form.busy) return { ready: false, why: 'busy' };
  const { approve } = detail;
  if (!approve.allowed) {
    return {
      ready: false,
      why: approve.code === 'blocked' ? 'blocked' : 'permit',
      message: approve.message,
    };
  }
  if (form.changed) return { ready: false, why: 'changed' };
  // Whether it has to be accepted without isn't known before.
  if (!diff.data && diff.error === undefined) {
    return { ready: false, why: 'loading' };
  }
  const policies = warningsOf(detail.verdicts).map(({ policy }) => policy);
  const count = countLeft(
    [...policies, ...unseenOf(detail, diff)],
    form.accepted,
  );
  return count ? { ready: false, why: 'accept', count } : { ready: true };
}

/** Whether Reject acts. */
export function rejectReadiness(
  detail: ReleaseRequestDetail,
  form: DecisionForm,
): Readiness {
  if (form.busy) return { ready: false, why: 'busy' };
  if (!detail.reject.allowed) {
    return { ready: false, why: 'permit', message: detail.reject.message };
  }
  if (form.changed) return { ready: false, why: 'changed' };
  return form.comment.trim()
    ? { ready: true }
    : { ready: false, why: 'comment' };
}
