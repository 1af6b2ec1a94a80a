import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { appendAudit } from '../../audit/appendAudit';
import { addStep } from '../addStep';
import { pauseAutoRelease } from '../decide/pauseAutoRelease';
import { moveRequest } from '../moveRequest';
import { formatRequestId } from '../reading/requestId';
import { lockRequests } from '../store/lockRequests';
import { RequestRow } from '../types';
import { buildRequestRow } from './buildRequestRow';
import { needsNobody } from './decideAsk';
import { findSuperseded } from './findSuperseded';
import { lockAsking } from './lockAsking';
import { readAsked } from './readAsked';
import { Asked, JudgedWish } from './types';

interface WriteOptions {
  now: number;
  /** Milliseconds until a request in this environment expires. */
  expireAfterMs(environment: string): number;
}

async function insertRow(
  tx: Knex.Transaction,
  row: Omit<RequestRow, 'number'>,
): Promise<RequestRow> {
  const [inserted] = await tx('release_requests').insert(row, ['number']);
  return { ...row, number: Number(inserted.number) };
}

async function noteAsked(
  tx: Knex.Transaction,
  row: RequestRow,
  wish: JudgedWish,
) {
  await addStep(tx, {
    number: row.number,
    at: row.requested_at,
    state: 'pending',
    code: 'asked',
    message: row.reason ?? undefined,
    by: row.requested_by,
    byName: row.requested_by_name ?? undefined,
  });
  await appendAudit(tx, {
    at: row.requested_at,
    actor: row.requested_by,
    action: 'request.asked',
    environment: row.environment,
    service: { namespace: row.namespace, name: row.service },
    number: row.number,
    details: {
      intent: row.intent,
      artifactId: row.artifact_id,
      digest: row.digest,
      evidence: row.evidence,
      approvals: row.approvals_needed,
      platform: row.platform_needed,
      requirement: row.requirement_reason,
      verdicts: wish.judgement.verdicts.map(
        ({ policy, level }) => `${policy}: ${level}`,
      ),
      ...(row.squad_ref && { squad: row.squad_ref }),
      ...(row.reason && { reason: row.reason }),
    },
  });
}

async function approveAtOnce(tx: Knex.Transaction, row: RequestRow) {
  const moved = await moveRequest(tx, {
    number: row.number,
    event: {
      type: 'approve',
      at: row.requested_at,
      code: 'no-approval-needed',
      message: row.requirement_reason,
      actor: 'system:policies',
      changes: { expires_at: null },
    },
  });
  if (moved) await pauseAutoRelease(tx, moved, row.requested_at);
  return moved ?? row;
}

/**
 * Writes what was asked for, all of it or nothing: the same again gives what
 * was written then, and older open requests for the same make room.
 */
export async function writeAsked(
  tx: Knex.Transaction,
  asked: Asked,
  options: WriteOptions,
): Promise<RequestRow[]> {
  const { now, expireAfterMs } = options;
  await lockAsking(tx, asked.repository);
  const before = await readAsked(tx, asked);
  if (before.length > 0) return before;

  const superseded: number[][] = [];
  for (const { release } of asked.wishes) {
    superseded.push(await findSuperseded(tx, asked.repository, release));
  }
  // All of them before the trail is appended to; see lockRequests.
  await lockRequests(tx, superseded.flat());

  const batch = asked.wishes.length > 1 ? randomUUID() : undefined;
  const rows: RequestRow[] = [];
  for (const [ordinal, wish] of asked.wishes.entries()) {
    const expiresAt = now + expireAfterMs(wish.release.environment);
    const row = await insertRow(
      tx,
      buildRequestRow(asked, wish, { now, ordinal, batch, expiresAt }),
    );
    await noteAsked(tx, row, wish);
    for (const number of superseded[ordinal]) {
      await moveRequest(tx, {
        number,
        event: {
          type: 'supersede',
          at: now,
          code: 'superseded',
          message: `Replaced by ${formatRequestId(row.number)}.`,
          actor: asked.requester.ref,
          actorName: asked.requester.name,
          changes: { superseded_by: row.number },
        },
      });
    }
    rows.push(needsNobody(wish) ? await approveAtOnce(tx, row) : row);
  }
  return rows;
}
