import { AuditEvent } from '../../audit/types';
import { formatEffect } from './decideEffects';
import { PolicyChangeRow } from './policyChangeRow';

/** What the audit trail tells of a change that was made. */
export function buildPolicyEvent(
  row: PolicyChangeRow,
): Omit<AuditEvent, 'at' | 'revision'> {
  const { by, subject, change, reason, effects } = row;
  return {
    actor: by.entityRef,
    action: 'policy.changed',
    ...(subject.level === 'service' && { service: subject.service }),
    ...(change.kind !== 'rules' && { environment: change.environment }),
    details: {
      what: change.kind,
      level: subject.level,
      ...(subject.level === 'squad' && { squad: subject.squad }),
      ...(reason !== undefined && { reason }),
      effects: effects.map(formatEffect),
      // Shown in red.
      ...(effects.some(({ approvalsRemoved }) => approvalsRemoved) && {
        approvalsRemoved: true,
      }),
    },
  };
}
