import {
  PolicyEffect,
  PolicySubject,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { KnownPerson } from '../../requests/people/types';
import { PolicyChange } from './types';

/**
 * How far a change is. `waiting`: nobody has begun it; `writing`: the writer
 * has, and a push may be under way. All others are ends: `changed` means that
 * the file isn't the one any more that was seen.
 */
export type PolicyChangeState =
  | 'waiting'
  | 'writing'
  | 'done'
  | 'unchanged'
  | 'changed'
  | 'refused'
  | 'failed'
  | 'withdrawn';

/** A row of `policy_changes`, its JSON read. */
export interface PolicyChangeRow {
  number: number;
  askedAt: number;
  by: KnownPerson;
  subject: PolicySubject;
  change: PolicyChange;
  object: string | null;
  reason?: string;
  effects: PolicyEffect[];
  state: PolicyChangeState;
  code?: string;
  message?: string;
  revision?: string;
  head?: { sequence: number; hash: string };
}

const TABLE = 'policy_changes';
/** What came of a change stands in the trail; the row is for who waits. */
const KEPT_MS = 24 * 3_600_000;

function parseRow(row: any): PolicyChangeRow {
  return {
    number: row.number,
    askedAt: Number(row.asked_at),
    by: {
      entityRef: row.asked_by,
      name: row.asked_by_name,
      email: row.asked_by_email,
    },
    subject: JSON.parse(row.subject),
    change: JSON.parse(row.change),
    object: row.object,
    reason: row.reason ?? undefined,
    effects: JSON.parse(row.effects),
    state: row.state,
    code: row.code ?? undefined,
    message: row.message ?? undefined,
    revision: row.revision ?? undefined,
    ...(row.head_hash !== null && {
      head: { sequence: row.head_sequence, hash: row.head_hash },
    }),
  };
}

/** Hands a change to the writer, and forgets those that ended long ago. */
export async function addPolicyChange(
  knex: Knex,
  change: Pick<
    PolicyChangeRow,
    'askedAt' | 'by' | 'subject' | 'change' | 'object' | 'reason' | 'effects'
  > & { repository: string },
): Promise<number> {
  await knex(TABLE)
    .where('asked_at', '<', change.askedAt - KEPT_MS)
    .whereNotIn('state', ['waiting', 'writing'])
    .delete();
  const [{ number }] = await knex(TABLE)
    .insert({
      repository: change.repository,
      asked_at: change.askedAt,
      asked_by: change.by.entityRef,
      asked_by_name: change.by.name,
      asked_by_email: change.by.email,
      subject: JSON.stringify(change.subject),
      change: JSON.stringify(change.change),
      object: change.object,
      reason: change.reason ?? null,
      effects: JSON.stringify(change.effects),
      state: 'waiting',
    })
    .returning('number');
  return number;
}

export async function readPolicyChange(
  knex: Knex,
  number: number,
): Promise<PolicyChangeRow | undefined> {
  const row = await knex(TABLE).where({ number }).first();
  return row && parseRow(row);
}

/** The oldest that is to be written now. */
export async function readNextPolicyChange(
  knex: Knex,
  options: { repository: string; now: number },
): Promise<PolicyChangeRow | undefined> {
  const row = await knex(TABLE)
    .where('repository', options.repository)
    .whereIn('state', ['waiting', 'writing'])
    .where(due =>
      due
        .whereNull('next_attempt_at')
        .orWhere('next_attempt_at', '<=', options.now),
    )
    .orderBy('number')
    .first();
  return row && parseRow(row);
}

/**
 * Brings a change from some states to another.
 *
 * @returns false where it is in none of them any more; nothing is written then
 */
export async function movePolicyChange(
  knex: Knex,
  number: number,
  from: readonly PolicyChangeState[],
  to: {
    state: PolicyChangeState;
    code?: string;
    message?: string;
    revision?: string | null;
    head?: { sequence: number; hash: string };
    nextAttemptAt?: number;
  },
): Promise<boolean> {
  const changed = await knex(TABLE)
    .where({ number })
    .whereIn('state', [...from])
    .update({
      state: to.state,
      code: to.code ?? null,
      message: to.message ?? null,
      next_attempt_at: to.nextAttemptAt ?? null,
      ...(to.revision !== undefined && { revision: to.revision }),
      ...(to.head && {
        head_sequence: to.head.sequence,
        head_hash: to.head.hash,
      }),
    });
  return changed === 1;
}
