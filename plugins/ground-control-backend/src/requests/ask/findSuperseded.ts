import { Knex } from 'knex';
import { OPEN_REQUEST_STATES } from '@ground-control/backstage-plugin-ground-control-common';
import { JudgedWish } from './types';

/**
 * Finds the open requests for releases whose place a new one takes: those for
 * the same service and environment. An auto-release takes the place of auto-releases
 * alone, never of what a person asked for.
 */
export async function findSuperseded(
  knex: Knex,
  repository: string,
  { service, environment, intent }: JudgedWish['release'],
): Promise<number[]> {
  const query = knex('release_requests')
    .where({
      repository,
      kind: 'release',
      service: service.name,
      namespace: service.namespace,
      environment,
    })
    .whereIn('state', [...OPEN_REQUEST_STATES])
    .orderBy('number');
  if (intent === 'auto-release') query.where({ intent });
  return (await query.pluck('number')).map(Number);
}
