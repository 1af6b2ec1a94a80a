import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { PausePhase } from './decidePause';

/** A row of `auto_release_pauses`, and the request that asked for it. */
export interface PauseRow {
  repository: string;
  environment: string;
  service: ServiceRef;
  until: number;
  phase: PausePhase;
  branch: string | null;
  change: number | null;
  /** What kept it from being begun or ended when it was tried last. */
  fault: string | null;
  request: {
    number: number;
    by: { ref: string; name: string; email: string };
    /** How long it asked for, in milliseconds. */
    pauseMs: number;
  };
}

const HOUR_MS = 3_600_000;
const TABLE = 'auto_release_pauses';

/** Those that may need something now, in the order of the requests. */
export async function readDuePauses(
  knex: Knex,
  given: { repository: string; phases: PausePhase[]; now: number },
): Promise<PauseRow[]> {
  const { repository, phases, now } = given;
  const rows = await knex(`${TABLE} as p`)
    .join('release_requests as r', 'r.number', 'p.number')
    .where('p.repository', repository)
    .whereIn('p.phase', phases)
    .where(due => due.whereNot('p.phase', 'out').orWhere('p.until', '<=', now))
    .where(due =>
      due
        .whereNull('p.next_attempt_at')
        .orWhere('p.next_attempt_at', '<=', now),
    )
    .orderBy('p.number')
    .select(
      'p.*',
      'r.requested_by',
      'r.requested_by_name',
      'r.requested_by_email',
      'r.pause_auto_release_hours',
    );
  return rows.map(row => ({
    repository,
    environment: row.environment,
    service: { namespace: row.namespace, name: row.service },
    until: Number(row.until),
    phase: row.phase,
    branch: row.branch,
    change: row.change,
    fault: row.fault,
    request: {
      number: row.number,
      by: {
        ref: row.requested_by,
        name: row.requested_by_name ?? row.requested_by,
        email: row.requested_by_email ?? '',
      },
      pauseMs: row.pause_auto_release_hours * HOUR_MS,
    },
  }));
}

export async function updatePause(
  knex: Knex,
  { repository, environment, service }: PauseRow,
  to: {
    phase?: PausePhase;
    branch?: string | null;
    change?: number | null;
    next_attempt_at?: number | null;
    fault?: string | null;
  },
): Promise<void> {
  await knex(TABLE)
    .where({
      repository,
      environment,
      namespace: service.namespace,
      service: service.name,
    })
    .update(to);
}
