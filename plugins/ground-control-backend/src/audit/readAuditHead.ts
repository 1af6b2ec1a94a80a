import { Knex } from 'knex';
import { AuditHead } from './types';

/** The row of `audit_head`. */
export const HEAD_ID = 1;

/**
 * Reads the head of the trail.
 *
 * @throws Error where the table was emptied, which nothing of ours does
 */
export async function readAuditHead(knex: Knex): Promise<AuditHead> {
  const head = await knex('audit_head')
    .where({ id: HEAD_ID })
    .first('sequence', 'hash');
  if (!head) throw missingHead();
  return { sequence: head.sequence, hash: head.hash };
}

/** Told instead of beginning a second chain, which would hide the first. */
export function missingHead(): Error {
  return new Error(
    'The audit trail has lost its head: the table audit_head is empty. Restore it from a backup; verifying the trail tells the last entry that commits vouch for',
  );
}
