import {
  CLUSTER_SERVICE_STATES,
  ClusterService,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../types';
import { buildServiceCluster, CurrentRelease } from './buildServiceCluster';
import { Cluster } from './parseCluster';
import { CLUSTER_SERVICE_COLUMNS } from './queryClusters';
import { querySituation } from './querySituation';
import { ClusterServiceRow } from './types';

/** More than anybody reads; the counts tell of all. */
const MOST_SERVICES = 500;

type AttentionRow = Omit<ClusterServiceRow, 'release_position'> &
  CurrentRelease & {
    release_position: number | null;
    squad_ref: string | null;
  };

function isJudged(row: AttentionRow): row is AttentionRow & ClusterServiceRow {
  return row.release_position !== null;
}

/** Worst first; of one state, what is so the longest. */
function compare(a: ClusterService, b: ClusterService): number {
  return (
    CLUSTER_SERVICE_STATES.indexOf(a.state) -
      CLUSTER_SERVICE_STATES.indexOf(b.state) ||
    a.since.localeCompare(b.since) ||
    a.service.name.localeCompare(b.service.name)
  );
}

/** Reads the services of a cluster that aren't reconciled and that the reader may see. */
export async function readAttention(
  context: ReadContext,
  cluster: Cluster,
  now: number,
): Promise<ClusterService[]> {
  if (cluster.environment === undefined) {
    return [];
  }
  const rows: AttentionRow[] = await querySituation(context, [
    cluster.name,
  ]).select(
    ...CLUSTER_SERVICE_COLUMNS,
    // Last, because those of the same name above are null where nothing was
    // judged.
    'service_environments.environment',
    'service_environments.namespace',
    'service_environments.service',
    'service_environments.position',
    'service_environments.released_at',
    'services.squad_ref',
  );
  return rows
    .map((row): ClusterService => {
      const judged = isJudged(row) ? row : undefined;
      const built: ClusterService = {
        service: { namespace: row.namespace, name: row.service },
        ...buildServiceCluster(judged, cluster, row, now),
      };
      if (row.squad_ref) built.squad = row.squad_ref;
      return built;
    })
    .filter(({ state }) => state !== 'reconciled')
    .sort(compare)
    .slice(0, MOST_SERVICES);
}
