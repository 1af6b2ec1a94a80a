import { Judgement } from '../../policies/types';
import { RequestRow } from '../types';
import { AskedForm } from './types';

/** Where a request stands among those that were asked for with one form. */
export interface AskedPlace {
  now: number;
  ordinal: number;
  batch?: string;
  expiresAt: number;
}

/** What every row of a request that was just asked for says; it is pending. */
export function buildAskedColumns(
  asked: AskedForm,
  { verdicts, requirement }: Judgement,
  { batch, expiresAt, now, ordinal }: AskedPlace,
) {
  return {
    repository: asked.repository,
    reason: asked.reason || null,
    requested_by: asked.requester.ref,
    requested_by_name: asked.requester.name,
    requested_by_email: asked.requester.email,
    requested_at: now,
    expires_at: expiresAt,
    state: 'pending',
    since: now,
    code: 'asked',
    message: null,
    approvals_needed: requirement.approvals,
    platform_needed: requirement.platform,
    requirement_reason: requirement.reason,
    verdicts: JSON.stringify(verdicts),
    override: false,
    override_reason: null,
    overridden: '[]',
    idempotency_key: asked.idempotencyKey,
    ask_digest: asked.digest,
    ordinal,
    batch: batch ?? null,
    superseded_by: null,
    next_attempt_at: null,
    attempts: 0,
    revision: null,
    position: null,
    committed_at: null,
    deadline_at: null,
  } satisfies Partial<RequestRow>;
}
