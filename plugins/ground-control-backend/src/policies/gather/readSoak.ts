import { Knex } from 'knex';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { deriveClusterState } from '../../releases/clusters/deriveClusterState';
import { parseCluster } from '../../releases/clusters/parseCluster';
import { queryClusters } from '../../releases/clusters/queryClusters';
import { ClusterRow } from '../../releases/clusters/types';
import { SoakFacts, Stay } from '../decide/types';

/** More stays of one artifact in one environment tell nothing more. */
const MAX_STAYS = 20;

interface StayRow {
  position: number;
  released_at: number | string;
  replaced_at: number | string | null;
  replaced_position: number | null;
}

/** A release of the same artifact right after another goes on with its stay. */
function joinStays(rows: StayRow[]): Stay[] {
  const stays: Array<Stay & { first: number }> = [];
  for (const row of rows) {
    const last = stays.at(-1);
    if (last && row.replaced_position === last.first) {
      last.from = Number(row.released_at);
      last.first = row.position;
    } else {
      stays.push({
        from: Number(row.released_at),
        ...(row.replaced_at !== null && { to: Number(row.replaced_at) }),
        first: row.position,
      });
    }
  }
  return stays.map(({ first, ...stay }) => stay);
}

/** Reads how an artifact does, or did, in the environment before another. */
export async function readSoak(
  knex: Knex,
  options: {
    repository: string;
    service: ServiceRef;
    environment: string;
    environments: readonly string[];
    artifactId: string;
    now: number;
    /** Else nothing is read: most environments ask for none. */
    asked: boolean;
  },
): Promise<SoakFacts> {
  const { repository, service, environments, now } = options;
  const before = environments[environments.indexOf(options.environment) - 1];
  if (before === undefined || !options.asked) {
    return { ...(before !== undefined && { before }), stays: [], clusters: [] };
  }
  const place = {
    repository,
    environment: before,
    namespace: service.namespace,
    service: service.name,
  };
  const rows: StayRow[] = await knex('releases')
    .where({ ...place, artifact_id: options.artifactId })
    .orderBy('position', 'desc')
    .limit(MAX_STAYS)
    .select('position', 'released_at', 'replaced_at', 'replaced_position');
  const stays = joinStays(rows);
  if (stays.length === 0 || stays[0].to !== undefined) {
    return { before, stays, clusters: [] };
  }
  const [clusterRows, states] = await Promise.all([
    queryClusters(knex) as Promise<ClusterRow[]>,
    knex('cluster_services')
      .where(place)
      .select('cluster', 'state', 'reason', 'since', 'release_position'),
  ]);
  const { position } = rows[0];
  const clusters = clusterRows
    .map(row => parseCluster(row, environments))
    .filter(cluster => cluster.environment === before)
    .map(cluster => {
      const judged = states.find(row => row.cluster === cluster.name);
      const standing = deriveClusterState(judged, cluster, { position }, now);
      return {
        cluster: cluster.name,
        state: standing.state,
        ...(standing === judged && { since: Number(judged.since) }),
      };
    });
  return { before, stays, clusters };
}
