import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { pauseAutoRelease } from '../decide/pauseAutoRelease';
import { moveRequest } from '../moveRequest';
import { lockRequests } from '../store/lockRequests';
import { RequestRow } from '../types';
import { buildRequestRow } from './buildRequestRow';
import { decideWait } from './decideAsk';
import { findSuperseded } from './findSuperseded';
import { insertAsked } from './insertAsked';
import { lockAsking } from './lockAsking';
import { readAsked } from './readAsked';
import { Asked } from './types';

interface WriteOptions {
  now: number;
  /** Milliseconds until a request in this environment expires. */
  expireAfterMs(environment: string): number;
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
 * Writes the releases that were asked for, all of them or nothing: the same
 * again gives what was written then, and older open requests for the same make
 * room.
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
    const row = await insertAsked(
      tx,
      buildRequestRow(asked, wish, { now, ordinal, batch, expiresAt }),
      superseded[ordinal],
    );
    rows.push(
      decideWait(wish) === 'nobody' ? await approveAtOnce(tx, row) : row,
    );
  }
  return rows;
}
