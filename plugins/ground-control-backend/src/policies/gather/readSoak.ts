import { Knex } from 'knex';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { deriveClusterState } from '../../releases/clusters/deriveClusterState';
import { parseCluster } from '../../releases/clusters/parseCluster';
import { queryClusters } from '../../releases/clusters/queryClusters';
import { ClusterRow } from '../../releases/clusters/types';
import {
  decideHealthySeconds,
  findLonger,
  Place,
  readArrivals,
  readFailures,
  readWatches,
} from '../../releases/health';
import { SoakFacts, Stay } from '../decide/types';

/** More stays of one artifact in one environment tell nothing more. */
const MAX_STAYS = 20;

interface StayRow {
  position: number;
  /** Null where its commit isn't known any more. */
  revision: string | null;
  released_at: number | string;
  replaced_at: number | string | null;
  replaced_position: number | null;
}

/** A release of the same artifact right after another goes on with its stay. */
function joinStays(rows: Array<StayRow & { healthyMs?: number }>): Stay[] {
  const stays: Array<Stay & { first: number }> = [];
  for (const row of rows) {
    const last = stays.at(-1);
    if (last && row.replaced_position === last.first) {
      last.from = Number(row.released_at);
      last.first = row.position;
      last.healthyMs = findLonger(last.healthyMs, row.healthyMs);
    } else {
      stays.push({
        from: Number(row.released_at),
        ...(row.replaced_at !== null && { to: Number(row.replaced_at) }),
        ...(row.healthyMs !== undefined && { healthyMs: row.healthyMs }),
        first: row.position,
      });
    }
  }
  return stays.map(({ first, ...stay }) => stay);
}

async function readCarriers(
  knex: Knex,
  environment: string,
  environments: readonly string[],
) {
  const rows: ClusterRow[] = await queryClusters(knex);
  return rows
    .map(row => parseCluster(row, environments))
    .filter(cluster => cluster.environment === environment);
}

/** How long each of some releases that are over ran well, where that is known. */
async function readHealthy(
  knex: Knex,
  place: Place,
  rows: StayRow[],
  now: number,
): Promise<Array<StayRow & { healthyMs?: number }>> {
  const revisions = rows.flatMap(({ revision }) => revision ?? []);
  const oldest = Math.min(...rows.map(row => Number(row.released_at)));
  const [arrivals, failures, watches] = await Promise.all([
    readArrivals(knex, place, revisions),
    readFailures(knex, place, revisions),
    readWatches(knex, place.environment, oldest),
  ]);
  return rows.map(row => {
    if (row.revision === null) return row;
    const seconds = decideHealthySeconds(
      {
        from: Number(row.released_at),
        to: Number(row.replaced_at ?? now),
        arrivedAt: arrivals.get(row.revision),
        failures: failures.get(row.revision) ?? [],
        watches,
      },
      now,
    );
    return seconds === undefined ? row : { ...row, healthyMs: seconds * 1000 };
  });
}

/**
 * The nearest environment before in which the service ever had a release: a
 * service may use fewer of them, and what it never uses tells nothing of it.
 */
async function findBefore(
  knex: Knex,
  options: { repository: string; service: ServiceRef; earlier: string[] },
): Promise<string> {
  const { repository, service, earlier } = options;
  if (earlier.length === 1) return earlier[0];
  const used: string[] = await knex('service_environments')
    .where({
      repository,
      namespace: service.namespace,
      service: service.name,
    })
    .whereIn('environment', earlier)
    .pluck('environment');
  return earlier.find(environment => used.includes(environment)) ?? earlier[0];
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
    /** Else nothing is read. */
    wanted: boolean;
  },
): Promise<SoakFacts> {
  const { repository, service, environments, now } = options;
  const earlier = environments
    .slice(0, environments.indexOf(options.environment))
    .reverse();
  if (earlier.length === 0) return { stays: [], clusters: [] };
  if (!options.wanted) {
    return { before: earlier[0], stays: [], clusters: [], unread: true };
  }
  const before = await findBefore(knex, { repository, service, earlier });
  const place = {
    repository,
    environment: before,
    namespace: service.namespace,
    service: service.name,
  };
  const rows: StayRow[] = await knex('releases as r')
    .leftJoin('commits as c', {
      'c.repository': 'r.repository',
      'c.position': 'r.position',
    })
    .where(
      Object.fromEntries(
        Object.entries(place).map(([key, value]) => [`r.${key}`, value]),
      ),
    )
    .andWhere('r.artifact_id', options.artifactId)
    .orderBy('r.position', 'desc')
    .limit(MAX_STAYS)
    .select(
      'r.position',
      'r.released_at',
      'r.replaced_at',
      'r.replaced_position',
      'c.revision',
    );
  if (rows.length === 0) return { before, stays: [], clusters: [] };
  if (rows[0].replaced_at !== null) {
    const unwatched =
      (await readCarriers(knex, before, environments)).length === 0;
    return {
      before,
      stays: joinStays(await readHealthy(knex, place, rows, now)),
      clusters: [],
      ...(unwatched && { unwatched }),
    };
  }
  const { position } = rows[0];
  const [carriers, states, counts] = await Promise.all([
    readCarriers(knex, before, environments),
    knex('cluster_services')
      .where(place)
      .select('cluster', 'state', 'reason', 'since', 'release_position'),
    knex('service_restarts')
      .where({ ...place, release_position: position })
      .select('cluster', 'restarts'),
  ]);
  const clusters = carriers.map(cluster => {
    const judged = states.find(row => row.cluster === cluster.name);
    const standing = deriveClusterState(judged, cluster, { position }, now);
    const count = counts.find(row => row.cluster === cluster.name);
    return {
      cluster: cluster.name,
      state: standing.state,
      ...(standing === judged && { since: Number(judged.since) }),
      ...(count && { restarts: count.restarts }),
    };
  });
  return { before, stays: joinStays(rows), clusters };
}
