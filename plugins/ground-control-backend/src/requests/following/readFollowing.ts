import { Knex } from 'knex';
import { parseCluster } from '../../releases/clusters/parseCluster';
import {
  CLUSTER_SERVICE_COLUMNS,
  queryClusters,
} from '../../releases/clusters/queryClusters';
import { ClusterRow, ClusterServiceRow } from '../../releases/clusters/types';
import { readRequestClusters } from '../store/readRequestClusters';
import { RequestClusterRow } from '../types';
import { HISTORY_REWRITTEN } from '../writing/settleMoved';
import { FollowedCluster, FollowedRequest, FollowFacts } from './types';

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

function parseFollowed(row: RequestClusterRow): FollowedCluster {
  return {
    cluster: row.cluster,
    state: row.state,
    ...(row.service_state !== null && { service: row.service_state }),
    ...(row.reason !== null && { reason: row.reason }),
    since: row.since,
  };
}

/** Those whose commit was looked for on the branch, and isn't there. */
async function readLost(knex: Knex, numbers: number[]): Promise<Set<number>> {
  const lost: number[] = await knex('release_request_steps')
    .whereIn('number', numbers)
    .where('code', HISTORY_REWRITTEN)
    .pluck('number');
  return new Set(lost);
}

function decideCommit(
  row: FollowedRow,
  branch: { caughtUp: boolean; isLost: boolean },
): Facts['commit'] {
  if (row.commit_position !== null) return 'on-branch';
  return branch.caughtUp && branch.isLost ? 'lost' : 'unknown';
}

/**
 * Reads committed requests with where their releases stand: on the branch by
 * the commit's own id, because a rewritten history may have it elsewhere or not
 * at all.
 */
export async function readFollowing(
  knex: Knex,
  repository: string,
  environments: readonly string[],
): Promise<Facts[]> {
  const rows: FollowedRow[] = await knex('release_requests as q')
    .where({ 'q.repository': repository, 'q.state': 'committed' })
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
  const [clusterRows, judgedRows, before, tips, lost] = await Promise.all([
    queryClusters(knex) as Promise<ClusterRow[]>,
    knex('cluster_services')
      .where({ repository })
      .whereIn('service', [...new Set(rows.map(({ service }) => service))])
      .select(CLUSTER_SERVICE_COLUMNS) as Promise<ClusterServiceRow[]>,
    readRequestClusters(knex, numbers),
    knex('repositories').where({ repository }).first('tip', 'remote_tip'),
    readLost(knex, numbers),
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
    commit: decideCommit(row, {
      caughtUp: tips?.tip !== undefined && tips.tip === tips.remote_tip,
      isLost: lost.has(row.number),
    }),
    clusters: clusters
      .filter(({ environment }) => environment === row.environment)
      .map(cluster => ({
        cluster,
        judged: judged.get(`${cluster.name}:${placeOf(row)}`),
      })),
    before: (before.get(row.number) ?? []).map(parseFollowed),
  }));
}
