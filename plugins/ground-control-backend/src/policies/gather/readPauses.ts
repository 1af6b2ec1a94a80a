import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';

/** A service's auto-release that is switched off in an environment. */
export interface Pause {
  environment: string;
  /** Milliseconds since 1970. */
  until: number;
  /** The rollback that asked for it. */
  number: number;
  /** What keeps it from being begun, where something does. */
  fault: string | null;
}

/** What is switched off of a service now. */
export async function readPauses(
  knex: Knex,
  options: { repository: string; service: ServiceRef; now: number },
): Promise<Pause[]> {
  const { repository, service, now } = options;
  const rows = await knex('auto_release_pauses')
    .where({
      repository,
      namespace: service.namespace,
      service: service.name,
    })
    .where('until', '>', now)
    .select('environment', 'until', 'number', 'fault');
  return rows.map(row => ({ ...row, until: Number(row.until) }));
}
