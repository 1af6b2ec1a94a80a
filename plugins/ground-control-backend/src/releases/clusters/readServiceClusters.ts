import {
  ServiceCluster,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../types';
import { buildServiceCluster, CurrentRelease } from './buildServiceCluster';
import { parseCluster } from './parseCluster';
import { CLUSTER_SERVICE_COLUMNS, queryClusters } from './queryClusters';
import { ClusterRow, ClusterServiceRow } from './types';

/** How a release stands in the clusters of its environment, in their order. */
export type BuildServiceClusters = (
  release: CurrentRelease,
) => ServiceCluster[];

/**
 * Reads how a service stands in the clusters; who may see it was decided
 * before.
 */
export async function readServiceClusters(
  context: ReadContext,
  options: { service: ServiceRef; environments: string[]; now: number },
): Promise<BuildServiceClusters> {
  const { knex, repository } = context;
  const { service, environments, now } = options;
  const [clusterRows, rows] = await Promise.all([
    queryClusters(knex) as Promise<ClusterRow[]>,
    knex('cluster_services')
      .where({
        repository,
        namespace: service.namespace,
        service: service.name,
      })
      .select(CLUSTER_SERVICE_COLUMNS) as Promise<ClusterServiceRow[]>,
  ]);
  const clusters = clusterRows.map(row => parseCluster(row, environments));
  return release =>
    clusters
      .filter(cluster => cluster.environment === release.environment)
      .map(cluster => {
        const row = rows.find(
          ({ cluster: name, environment }) =>
            name === cluster.name && environment === release.environment,
        );
        return buildServiceCluster(row, cluster, release, now);
      });
}
