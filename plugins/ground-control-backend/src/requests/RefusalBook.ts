import { Knex } from 'knex';
import { appendAudit } from '../audit/appendAudit';
import { AuditEvent } from '../audit/types';
import { Refusal } from './resolve/types';

/** Somebody who tries again and again doesn't fill the trail. */
const ONCE_IN_MS = 60_000;
const MOST_KNOWN = 5_000;

/** What somebody tried. */
export type Attempt = Pick<
  AuditEvent,
  'actor' | 'environment' | 'service' | 'number'
> & {
  /** Such as `approve`. */
  what: string;
  /** In the trail; `request.refused` by default. */
  action?: string;
};

/** Notes in the audit trail what somebody tried and may not. */
export class RefusalBook {
  private readonly notedAt = new Map<string, number>();

  constructor(private readonly knex: Knex) {}

  async note(attempt: Attempt, refusal: Refusal, at: number): Promise<void> {
    const { what, action = 'request.refused', ...event } = attempt;
    const key = JSON.stringify([attempt, refusal.code]);
    const last = this.notedAt.get(key);
    if (last !== undefined && Math.abs(at - last) < ONCE_IN_MS) return;
    if (this.notedAt.size >= MOST_KNOWN) this.notedAt.clear();
    this.notedAt.set(key, at);
    await this.knex.transaction(tx =>
      appendAudit(tx, {
        at,
        ...event,
        action,
        details: { what, code: refusal.code, why: refusal.message },
      }),
    );
  }
}
