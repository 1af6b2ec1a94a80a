import { Knex } from 'knex';
import { AcceptedWarning } from '@ground-control/backstage-plugin-ground-control-common';
import { appendAudit } from '../../audit/appendAudit';
import { addStep, cleanMessage } from '../addStep';
import { auditAccess } from '../auditAccess';
import { RequestLook } from '../DefaultRequestJudge';
import { moveRequest } from '../moveRequest';
import { KnownPerson } from '../people/types';
import { findBlocks, readOverridden } from './findBlocks';
import { DecisionRow, RequestRow } from '../types';
import { pauseAutoRelease } from './pauseAutoRelease';
import { decideApprovals, describeMissing, Missing } from './decideApprovals';

/** The code of the step that a block was gone over, and an approval is missing. */
export const BLOCK_OVERRIDDEN = 'block-overridden';

/** A decision that may be made, and what it was made on. */
export interface DecisionToWrite {
  person: KnownPerson;
  role: DecisionRow['role'];
  decision: DecisionRow['decision'];
  comment?: string;
  accepted: AcceptedWarning[];
  look: RequestLook;
  at: number;
}

/**
 * What it was judged on last: that is what was decided. Who had to decide a
 * held request was settled when it was approved.
 */
function buildJudged(
  { state }: RequestRow,
  { look }: DecisionToWrite,
): Partial<RequestRow> {
  const judged = {
    verdicts: JSON.stringify(look.verdicts),
    evidence: look.evidence,
  };
  if (state === 'held') return judged;
  return {
    ...judged,
    approvals_needed: look.requirement.approvals,
    platform_needed: look.requirement.platform,
    requirement_reason: look.requirement.reason,
  };
}

function buildDetails(decision: DecisionToWrite) {
  const { role, comment, accepted, look } = decision;
  return {
    role,
    evidence: look.evidence,
    ...(comment && { comment }),
    ...(accepted.length > 0 && {
      accepted: accepted.map(({ policy, reason }) => `${policy}: ${reason}`),
    }),
  };
}

/** An approval that isn't enough yet is a step, and an entry of the trail. */
async function notePartly(
  tx: Knex.Transaction,
  row: RequestRow,
  decision: DecisionToWrite,
  missing: Missing,
): Promise<RequestRow> {
  const { person, at } = decision;
  const code =
    decision.decision === 'override' ? BLOCK_OVERRIDDEN : 'approved-partly';
  const waits = describeMissing(missing);
  const changes: Partial<RequestRow> = {
    ...buildJudged(row, decision),
    ...(decision.decision === 'override' && buildOverride(row, decision)),
  };
  await tx('release_requests').where({ number: row.number }).update(changes);
  await addStep(tx, {
    number: row.number,
    at,
    code,
    message: `It still waits for ${waits}.`,
    by: person.entityRef,
    byName: person.name,
  });
  // Going over a block for another squad approves nothing for it.
  if (decision.role === 'other-lead') return { ...row, ...changes };
  await appendAudit(tx, {
    at,
    actor: person.entityRef,
    action: 'request.approved',
    environment: row.environment,
    service: { namespace: row.namespace, name: row.service },
    number: row.number,
    details: {
      ...auditAccess(row),
      ...buildDetails(decision),
      code,
      waitsFor: waits,
    },
  });
  return { ...row, ...changes };
}

function buildOverride(
  row: RequestRow,
  { comment, look }: DecisionToWrite,
): Partial<RequestRow> {
  const { overridable } = findBlocks(look.verdicts, []);
  const overridden = new Set(readOverridden(row));
  overridable.forEach(({ policy }) => overridden.add(policy));
  return {
    override: true,
    override_reason: cleanMessage(comment),
    overridden: JSON.stringify([...overridden]),
  };
}

async function noteOverride(
  tx: Knex.Transaction,
  row: RequestRow,
  decision: DecisionToWrite,
) {
  await appendAudit(tx, {
    at: decision.at,
    actor: decision.person.entityRef,
    action: 'request.overridden',
    environment: row.environment,
    service: { namespace: row.namespace, name: row.service },
    number: row.number,
    details: {
      ...auditAccess(row),
      ...buildDetails(decision),
      blocks: decision.look.verdicts
        .filter(({ level }) => level === 'block')
        .map(({ policy, reason }) => `${policy}: ${reason}`),
    },
  });
}

/**
 * Writes a decision on a request whose row is locked and takes it, and what
 * follows of it.
 */
export async function writeDecision(
  tx: Knex.Transaction,
  row: RequestRow,
  decisions: DecisionRow[],
  decision: DecisionToWrite,
): Promise<RequestRow> {
  const { person, role, comment, accepted, look, at } = decision;
  const written: DecisionRow = {
    number: row.number,
    decided_by: person.entityRef,
    decided_by_name: person.name,
    decided_by_email: person.email,
    decision: decision.decision,
    role,
    comment: cleanMessage(comment),
    accepted: JSON.stringify(accepted.map(({ reason }) => reason)),
    evidence: look.evidence,
    decided_at: at,
  };
  await tx('release_request_decisions').insert(written);
  const isOverride = decision.decision === 'override';
  if (isOverride) await noteOverride(tx, row, decision);

  const isHeld = row.state === 'held';
  const missing = isHeld
    ? undefined
    : decideApprovals(
        { ...look.requirement, hasSquad: row.squad_ref !== null },
        [...decisions, written],
      );
  if (decision.decision !== 'reject' && missing) {
    return notePartly(tx, row, decision, missing);
  }
  const moved = await moveRequest(tx, {
    number: row.number,
    event: {
      ...(decision.decision === 'reject'
        ? { type: 'reject', code: 'rejected', message: comment }
        : {
            type: isHeld ? 'resume' : 'approve',
            code: isOverride ? 'overridden' : 'approved',
            message: comment,
          }),
      at,
      actor: person.entityRef,
      actorName: person.name,
      changes: {
        ...buildJudged(row, decision),
        expires_at: null,
        next_attempt_at: null,
        ...(isOverride && buildOverride(row, decision)),
      },
      details: buildDetails(decision),
    },
  });
  if (moved?.state === 'approved') await pauseAutoRelease(tx, moved, at);
  return moved ?? row;
}
