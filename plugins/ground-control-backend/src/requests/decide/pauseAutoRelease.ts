import { Knex } from 'knex';
import { RequestRow } from '../types';

const HOUR_MS = 3_600_000;

/**
 * Switches the auto-release of a rollback's environment off for as long as was
 * asked for; the next build would take the rollback back. It begins with the
 * approval: between that and the commit is time enough for a build. Where
 * release-manager does the auto-releases it is also taken out of the policies.
 */
export async function pauseAutoRelease(
  tx: Knex.Transaction,
  row: RequestRow,
  at: number,
): Promise<void> {
  if (row.intent !== 'rollback' || row.pause_auto_release_hours === null) {
    return;
  }
  const key = {
    repository: row.repository,
    environment: row.environment,
    namespace: row.namespace,
    service: row.service,
  };
  await tx('auto_release_pauses')
    .insert({
      ...key,
      until: at + row.pause_auto_release_hours * HOUR_MS,
      number: row.number,
      phase: 'wanted',
      next_attempt_at: null,
      fault: null,
    })
    .onConflict(Object.keys(key))
    .merge(['until', 'number', 'phase', 'next_attempt_at', 'fault']);
}
