import {
  AcceptedWarning,
  ReleaseRequestDetail,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';

/** Whether a button acts; where not, why. */
export type Readiness =
  | { ready: true }
  | {
      ready: false;
      why: 'busy' | 'changed' | 'permit' | 'blocked' | 'accept' | 'comment';
      /** Of `permit` and `blocked`, as the server words it. */
      message?: string;
      /** Of `accept`: how many warnings are left. */
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

/** Verdicts that whoever approves has to accept by name. */
export function warningsOf(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter(({ level }) => level === 'warning');
}

/** Whether Approve acts. */
export function approveReadiness(
  detail: ReleaseRequestDetail,
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
  const accepted = form.accepted.map(({ policy }) => policy);
  const left = warningsOf(detail.verdicts).filter(
    ({ policy }) => !accepted.includes(policy),
  );
  return left.length
    ? { ready: false, why: 'accept', count: left.length }
    : { ready: true };
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
