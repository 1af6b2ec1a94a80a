import { Knex } from 'knex';
import { applySelection, joinServices } from '../queryServices';
import { ReadContext } from '../types';

/**
 * What should run where: for each cluster the current releases of its
 * environment that the reader may see, with what was judged of them there.
 * `cluster_services` is null where nothing was.
 */
export function querySituation(
  context: ReadContext,
  clusters: string[],
): Knex.QueryBuilder {
  const query = context
    .knex('clusters')
    .whereIn('clusters.cluster', clusters)
    .join('service_environments', join =>
      join.on('service_environments.environment', 'clusters.environment'),
    )
    .where('service_environments.repository', context.repository)
    .where('service_environments.removed', false)
    .leftJoin('cluster_services', join =>
      join
        .on('cluster_services.repository', 'service_environments.repository')
        .andOn('cluster_services.cluster', 'clusters.cluster')
        .andOn('cluster_services.environment', 'clusters.environment')
        .andOn('cluster_services.namespace', 'service_environments.namespace')
        .andOn('cluster_services.service', 'service_environments.service'),
    );
  joinServices(query, 'service_environments');
  applySelection(query, context, {});
  return query;
}
