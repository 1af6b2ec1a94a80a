import {
  formatServiceRef,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { appendAudit } from '../../audit/appendAudit';
import { addStep } from '../addStep';
import { auditAccess } from '../auditAccess';
import { moveRequest } from '../moveRequest';
import { formatRequestId } from '../reading/requestId';
import { isAccessRow, RequestRow } from '../types';

/** What it is about, as the audit trail has it. */
function describeSubject(row: RequestRow): Record<string, string> {
  if (!isAccessRow(row)) {
    return { intent: row.intent, artifactId: row.artifact_id };
  }
  const asking = { namespace: row.for_namespace, name: row.for_service };
  return { ...auditAccess(row), forService: formatServiceRef(asking) };
}

async function noteAsked(tx: Knex.Transaction, row: RequestRow) {
  await addStep(tx, {
    number: row.number,
    at: row.requested_at,
    state: 'pending',
    code: 'asked',
    message: row.reason ?? undefined,
    by: row.requested_by,
    byName: row.requested_by_name ?? undefined,
  });
  const verdicts: Verdict[] = JSON.parse(row.verdicts);
  await appendAudit(tx, {
    at: row.requested_at,
    actor: row.requested_by,
    action: 'request.asked',
    environment: row.environment,
    service: { namespace: row.namespace, name: row.service },
    number: row.number,
    details: {
      ...describeSubject(row),
      digest: row.digest,
      evidence: row.evidence,
      approvals: row.approvals_needed,
      platform: row.platform_needed,
      requirement: row.requirement_reason,
      verdicts: verdicts.map(({ policy, level }) => `${policy}: ${level}`),
      ...(row.squad_ref && { squad: row.squad_ref }),
      ...(row.reason && { reason: row.reason }),
    },
  });
}

/**
 * Writes a request that was just asked for, and has it take the place of older
 * ones, which are locked already.
 */
export async function insertAsked(
  tx: Knex.Transaction,
  asked: Omit<RequestRow, 'number'>,
  superseded: number[],
): Promise<RequestRow> {
  const [inserted] = await tx('release_requests').insert(asked, ['number']);
  const row: RequestRow = { ...asked, number: Number(inserted.number) };
  await noteAsked(tx, row);
  for (const number of superseded) {
    await moveRequest(tx, {
      number,
      event: {
        type: 'supersede',
        at: row.requested_at,
        code: 'superseded',
        message: `Replaced by ${formatRequestId(row.number)}.`,
        actor: row.requested_by,
        actorName: row.requested_by_name ?? undefined,
        changes: { superseded_by: row.number },
      },
    });
  }
  return row;
}
