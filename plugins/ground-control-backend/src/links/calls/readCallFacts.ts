import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ClusterMirrored, readMirrored } from '../store';
import { readTraffic } from '../traffic/trafficRows';
import { readDeclared } from './readDeclared';
import { readNamed } from './readNamed';
import { readParties } from './readParties';
import { readClustersOfSquads, readPlaces } from './readPlaces';
import { CallFacts, DeclaredCall } from './types';

const unique = <T>(items: T[]) => [...new Set(items)];

interface Options {
  repository: string;
  now: number;
  /** Relations of the catalog too, which say only that somebody may call. */
  declared: boolean;
  /** Relations of these squads alone, by entity refs. */
  squads?: string[];
  /** Calls of this service alone; not what only its squad is known to call. */
  caller?: ServiceRef;
}

/** Reads what works of what is mirrored, and who may call it. */
async function readDeclaredOver(
  knex: Knex,
  { repository, declared: isAsked, squads, caller }: Options,
): Promise<{ mirrored: ClusterMirrored[]; declared: DeclaredCall[] }> {
  const isWorking = ({ state }: ClusterMirrored) => state === 'mirrored';
  const namesOf = (refs: ServiceRef[]) => unique(refs.map(({ name }) => name));
  if (caller) {
    const declared = isAsked
      ? await readDeclared(knex, { repository, caller })
      : [];
    const services = namesOf(declared.map(({ callee }) => callee));
    const found = await readMirrored(knex, { services });
    return { mirrored: found.filter(isWorking), declared };
  }
  const mirrored = (await readMirrored(knex)).filter(isWorking);
  const callees = unique(mirrored.map(({ service }) => service));
  const declared =
    isAsked && callees.length > 0
      ? await readDeclared(knex, { repository, callees, squads })
      : [];
  return { mirrored, declared };
}

/** Reads what says who calls over links; whoever shows it filters it. */
export async function readCallFacts(
  knex: Knex,
  options: Options,
): Promise<CallFacts> {
  const { repository, now, caller: only } = options;
  const [{ mirrored, declared }, traffic, entries, clusters] =
    await Promise.all([
      readDeclaredOver(knex, options),
      readTraffic(knex, now, { workload: only?.name }),
      readNamed(knex, repository),
      knex('clusters')
        .whereNotNull('environment')
        .select('cluster', 'environment'),
    ]);
  const callees = unique(mirrored.map(({ service }) => service));
  const callers = unique(declared.map(({ caller }) => caller.name));
  const names = unique([
    ...callees,
    ...callers,
    ...traffic.flatMap(({ workload, service }) => [workload, service]),
  ]);
  const squadRefs = unique(
    entries.targets.flatMap(({ squadRef }) =>
      squadRef === null || only ? [] : [squadRef],
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
