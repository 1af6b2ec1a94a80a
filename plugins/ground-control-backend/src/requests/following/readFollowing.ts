import { Knex } from 'knex';
import { parseCluster } from '../../releases/clusters/parseCluster';
import {
  CLUSTER_SERVICE_COLUMNS,
  queryClusters,
} from '../../releases/clusters/queryClusters';
import { ClusterRow, ClusterServiceRow } from '../../releases/clusters/types';
import { readRequestClusters } from '../store/readRequestClusters';
import { parseFollowed } from './parseFollowed';
import { readCommitStandings } from './readCommitStandings';
import { FollowedRequest, FollowFacts } from './types';

type Facts = Omit<FollowFacts, 'now' | 'failAfterMs' | 'deadlineMs'>;

interface FollowedRow extends FollowedRequest {
  commit_position: number | null;
  release_position: number | null;
  released_at: number | string | null;
  current_position: number | null;
  current_removed: boolean | number | null;
}

/** Of one round; the others have their turn in the next. */
const MOST = 500;

/** The rows of a service in an environment, in any table that has them. */
const placeOf = (row: {
  environment: string;
  namespace: string;
  service: string;
}) => `${row.environment}/${row.namespace}/${row.service}`;

/**
 * Reads committed requests for releases with where those stand: on the branch by
 * the commit's own id, because a rewritten history may have it elsewhere or not
 * at all.
 */
export async function readFollowing(
  knex: Knex,
  repository: string,
  environments: readonly string[],
): Promise<Facts[]> {
  const rows: FollowedRow[] = await knex('release_requests as q')
    .where({
      'q.repository': repository,
      'q.kind': 'release',
      'q.state': 'committed',
    })
    .whereNotNull('q.revision')
    .leftJoin('commits as c', {
      'c.repository': 'q.repository',
      'c.revision': 'q.revision',
    })
    .leftJoin('releases as r', {
      'r.repository': 'q.repository',
      'r.position': 'c.position',
      'r.environment': 'q.environment',
      'r.namespace': 'q.namespace',
      'r.service': 'q.service',
    })
    .leftJoin('service_environments as e', {
      'e.repository': 'q.repository',
      'e.environment': 'q.environment',
      'e.namespace': 'q.namespace',
      'e.service': 'q.service',
    })
    .orderBy('q.number')
    .limit(MOST)
    .select(
      'q.number',
      'q.environment',
      'q.namespace',
      'q.service',
      'q.artifact_id',
      'q.revision',
      'q.since',
      'q.deadline_at',
      'c.position as commit_position',
      'r.position as release_position',
      'r.released_at',
      'e.position as current_position',
      'e.removed as current_removed',
    );
  if (rows.length === 0) return [];
  const numbers = rows.map(({ number }) => number);
  const [clusterRows, judgedRows, before, commits] = await Promise.all([
    queryClusters(knex) as Promise<ClusterRow[]>,
    knex('cluster_services')
      .where({ repository })
      .whereIn('service', [...new Set(rows.map(({ service }) => service))])
      .select(CLUSTER_SERVICE_COLUMNS) as Promise<ClusterServiceRow[]>,
    readRequestClusters(knex, numbers),
    readCommitStandings(knex, repository, rows),
  ]);
  const clusters = clusterRows.map(row => parseCluster(row, environments));
  const judged = new Map(
    judgedRows.map(row => [`${row.cluster}:${placeOf(row)}`, row]),
  );
  return rows.map(row => ({
    request: {
      number: row.number,
      environment: row.environment,
      namespace: row.namespace,
      service: row.service,
      artifact_id: row.artifact_id,
      revision: row.revision,
      since: Number(row.since),
      deadline_at: row.deadline_at === null ? null : Number(row.deadline_at),
    },
    ...(row.release_position !== null && {
      release: {
        environment: row.environment,
        position: row.release_position,
        released_at: row.released_at!,
      },
    }),
    ...(row.release_position !== null &&
      row.current_position !== null &&
      row.current_position > row.release_position && {
        replacedBy: {
          position: row.current_position,
          removed: Boolean(row.current_removed),
        },
      }),
    commit: commits.get(row.number)!,
    clusters: clusters
      .filter(({ environment }) => environment === row.environment)
      .map(cluster => ({
        cluster,
        judged: judged.get(`${cluster.name}:${placeOf(row)}`),
      })),
    before: (before.get(row.number) ?? []).map(parseFollowed),
  }));
}
