import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { applyServiceAccess } from './applyServiceAccess';
import { ServiceAccess } from './types';

/** Whether access holds for one service; never for one that isn't known. */
export async function isServiceAllowed(
  knex: Knex,
  options: { repository: string; service: ServiceRef; access: ServiceAccess },
): Promise<boolean> {
  const { repository, service, access } = options;
  const query = knex('services').where({
    'services.repository': repository,
    'services.namespace': service.namespace,
    'services.service': service.name,
  });
  applyServiceAccess(query, access, 'services');
  return (await query.first('services.service')) !== undefined;
}
