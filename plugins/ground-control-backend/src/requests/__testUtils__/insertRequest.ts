import { Knex } from 'knex';
import { RequestRow } from '../types';

let made = 0;

/** Writes a request as asking leaves it, but for what a test says otherwise. */
export async function insertRequest(
  knex: Knex,
  request: Partial<RequestRow> = {},
): Promise<number> {
  made += 1;
  const [{ number }] = await knex('release_requests')
    .insert({
      repository: 'default',
      environment: 'prod',
      namespace: 'payments',
      service: 'ledger-api',
      squad_ref: 'group:default/squad-ledger',
      intent: 'release-artifact',
      artifact_id: 'master-1111111111-2222222222',
      digest: '0'.repeat(64),
      requested_by: 'user:default/ana.ruiz',
      requested_by_name: 'Ana Ruiz',
      requested_at: 0,
      state: 'pending',
      since: 0,
      code: 'asked',
      approvals_needed: 1,
      requirement_reason: 'prod asks for one lead',
      verdicts: '[]',
      evidence: '0'.repeat(64),
      idempotency_key: `inserted-${made}`,
      ordinal: 0,
      ...request,
    })
    .returning('number');
  return Number(number);
}
