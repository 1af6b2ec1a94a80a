import { Knex } from 'knex';

/**
 * What clusters were judged on, of services that are in the repository, with
 * their owners: `s` is the judgement, `e` where it is, `o` its service.
 */
export function queryJudged(knex: Knex, repository: string) {
  return knex('cluster_services as s')
    .join('service_environments as e', {
      'e.repository': 's.repository',
      'e.environment': 's.environment',
      'e.namespace': 's.namespace',
      'e.service': 's.service',
    })
    .leftJoin('services as o', {
      'o.repository': 's.repository',
      'o.namespace': 's.namespace',
      'o.service': 's.service',
    })
    .where('s.repository', repository)
    .where('e.removed', false)
    .orderBy('s.cluster')
    .select(
      's.environment',
      's.namespace',
      's.service',
      's.cluster',
      'o.squad_ref',
    );
}
