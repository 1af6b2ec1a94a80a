import {
  CLUSTER_SERVICE_STATES,
  ClusterServiceState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../types';
import { deriveClusterState, JudgedState } from './deriveClusterState';
import { Cluster } from './parseCluster';
import { querySituation } from './querySituation';

/** How many services of a cluster are in each state. */
export type ServiceCounts = Record<ClusterServiceState, number>;

function countNone(): ServiceCounts {
  return Object.fromEntries(
    CLUSTER_SERVICE_STATES.map(state => [state, 0]),
  ) as ServiceCounts;
}

/**
 * Counts the services of each cluster by state; only those that the reader may
 * see. What was judged on an earlier release counts as not judged, which is
 * all that deriving asks of it, so that groups are enough.
 */
export async function countServices(
  context: ReadContext,
  clusters: Cluster[],
  now: number,
): Promise<(cluster: Cluster) => ServiceCounts> {
  const judged = context.knex.raw(
    'case when cluster_services.release_position >= service_environments.position then cluster_services.state end',
  );
  const groups: {
    cluster: string;
    judged: ClusterServiceState | null;
    services: number | string;
  }[] = await querySituation(
    context,
    clusters.flatMap(({ name, environment }) =>
      environment === undefined ? [] : [name],
    ),
  )
    .select(
      'clusters.cluster',
      context.knex.raw('? as judged', [judged]),
      context.knex.raw('count(*) as services'),
    )
    .groupBy('clusters.cluster', judged);
  return cluster => {
    const counts = countNone();
    const release = { position: 0 };
    for (const group of groups) {
      if (group.cluster !== cluster.name) continue;
      const standing: JudgedState | undefined = group.judged
        ? { state: group.judged, release_position: 0 }
        : undefined;
      const { state } = deriveClusterState(standing, cluster, release, now);
      counts[state] += Number(group.services);
    }
    return counts;
  };
}
