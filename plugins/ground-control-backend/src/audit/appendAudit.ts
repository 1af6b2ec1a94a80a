import { Knex } from 'knex';
import { whileAwake } from '../lib/whileAwake';
import { AuditRow, buildEntry, formatDetails } from './auditRow';
import { cleanEvent } from './cleanEvent';
import { hashEntry } from './hashEntry';
import { HEAD_ID, missingHead } from './readAuditHead';
import { AuditEvent, AuditHead } from './types';

/**
 * Appends to the audit trail, in the transaction of what it tells of.
 *
 * Counting the head up comes first, and locks its row until the transaction
 * ends: whoever appends meanwhile waits, and then goes on from the entry that
 * was written, so that the chain neither forks nor has gaps. A transaction
 * that is rolled back takes its number back with it. Lock other rows before
 * calling, never after, or two transactions may wait for each other.
 *
 * @returns the head that it left
 */
export async function appendAudit(
  tx: Knex.Transaction,
  event: AuditEvent,
): Promise<AuditHead> {
  const [head] = await whileAwake(tx, tx('audit_head').where({ id: HEAD_ID }))
    .increment('sequence', 1)
    .returning(['sequence', 'hash']);
  if (!head) throw missingHead();

  const { at, actor, action, ...what } = cleanEvent(event);
  const row: AuditRow = {
    sequence: head.sequence,
    at,
    actor,
    action,
    environment: what.environment ?? null,
    namespace: what.service?.namespace ?? null,
    service: what.service?.name ?? null,
    number: what.number ?? null,
    revision: what.revision ?? null,
    details: formatDetails(what.details ?? {}),
    previous_hash: head.hash,
    hash: '',
  };
  row.hash = hashEntry(buildEntry(row));
  await tx('audit_entries').insert(row);
  await tx('audit_head').where({ id: HEAD_ID }).update({ hash: row.hash });
  return { sequence: row.sequence, hash: row.hash };
}
