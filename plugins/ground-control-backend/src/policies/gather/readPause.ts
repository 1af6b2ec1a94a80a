import { Knex } from 'knex';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';

/** Until when a service's auto-release is switched off there; undefined where it isn't. */
export async function readPause(
  knex: Knex,
  options: {
    repository: string;
    service: ServiceRef;
    environment: string;
    now: number;
  },
): Promise<number | undefined> {
  const { repository, service, environment, now } = options;
  const row = await knex('auto_release_pauses')
    .where({
      repository,
      environment,
      namespace: service.namespace,
      service: service.name,
    })
    .where('until', '>', now)
    .first('until');
  return row && Number(row.until);
}
