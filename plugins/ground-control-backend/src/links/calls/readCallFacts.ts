import { Knex } from 'knex';
import { readMirrored } from '../store';
import { readTraffic } from '../traffic/trafficRows';
import { readDeclared } from './readDeclared';
import { readNamed } from './readNamed';
import { readClustersOfSquads, readPlaces } from './readPlaces';
import { CallFacts, KnownParty } from './types';

/** More names than that, and it is less work to read all services. */
const MOST_NAMES = 1_000;

const unique = <T>(items: T[]) => [...new Set(items)];

async function readParties(
  knex: Knex,
  repository: string,
  names: string[],
): Promise<KnownParty[]> {
  const query = knex('services')
    .where({ repository })
    .select('namespace', 'service', 'squad_ref', 'entity_ref');
  if (names.length <= MOST_NAMES) query.whereIn('service', names);
  return (await query).map(row => ({
    namespace: row.namespace,
    name: row.service,
    squadRef: row.squad_ref,
    entityRef: row.entity_ref,
  }));
}

/**
 * Reads what says who calls over links; whoever shows it filters it.
 *
 * @param options - `declared`: relations of the catalog too, which say only
 * that somebody may call; of these squads alone, where some are given
 */
export async function readCallFacts(
  knex: Knex,
  options: {
    repository: string;
    now: number;
    declared: boolean;
    squads?: string[];
  },
): Promise<CallFacts> {
  const { repository, now, squads } = options;
  const [found, traffic, entries, clusters] = await Promise.all([
    readMirrored(knex),
    readTraffic(knex, now),
    readNamed(knex, repository),
    knex('clusters')
      .whereNotNull('environment')
      .select('cluster', 'environment'),
  ]);
  const mirrored = found.filter(({ state }) => state === 'mirrored');
  const callees = unique(mirrored.map(({ service }) => service));
  const declared =
    options.declared && callees.length > 0
      ? await readDeclared(knex, { repository, callees, squads })
      : [];
  const callers = unique(declared.map(({ caller }) => caller.name));
  const names = unique([
    ...callees,
    ...callers,
    ...traffic.flatMap(({ workload, service }) => [workload, service]),
  ]);
  const squadRefs = unique(
    entries.targets.flatMap(({ squadRef }) =>
      squadRef === null ? [] : [squadRef],
    ),
  );
  const [parties, places, clustersOfSquads] = await Promise.all([
    readParties(knex, repository, names),
    readPlaces(knex, repository, callers),
    readClustersOfSquads(knex, repository, squadRefs),
  ]);
  return {
    parties,
    environments: new Map(
      clusters.map(({ cluster, environment }) => [cluster, environment]),
    ),
    places,
    clustersOfSquads,
    declared,
    ...entries,
    mirrored,
    traffic,
  };
}
