import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { readTrafficMissing } from '../traffic/readTrafficMissing';
import { readTraffic } from '../traffic/trafficRows';
import { createPartyFinder } from './findParty';
import { findRelated, RelatedServices } from './findRelated';
import { readDeclared } from './readDeclared';
import { readParties } from './readParties';

/** Who calls a service and whom it calls, and how well that is known. */
export interface KnownRelated extends RelatedServices {
  /** The catalog has the service, and so may have relations of it. */
  isInCatalog: boolean;
  /** Why calls aren't counted, or not all of them; null where they are. */
  trafficMissing: string | null;
}

/** Reads who calls a service and whom it calls; whoever shows it filters it. */
export async function readRelated(
  knex: Knex,
  options: {
    repository: string;
    service: ServiceRef;
    environment: string;
    now: number;
  },
): Promise<KnownRelated> {
  const { repository, service, environment, now } = options;
  const { name, namespace } = service;
  const [called, calling, traffic, trafficMissing, clusters] =
    await Promise.all([
      readDeclared(knex, { repository, callees: [name] }),
      readDeclared(knex, { repository, caller: service }),
      readTraffic(knex, now, { party: name }),
      readTrafficMissing(knex, now),
      knex('clusters')
        .whereNotNull('environment')
        .select('cluster', 'environment'),
    ]);
  const names = traffic.flatMap(call => [call.workload, call.service]);
  const parties = await readParties(knex, repository, [
    ...new Set([name, ...names]),
  ]);
  const environments = new Map<string, string>(
    clusters.map(row => [row.cluster, row.environment]),
  );
  const own = parties.find(
    party => party.name === name && party.namespace === namespace,
  );
  return {
    ...findRelated(service, {
      declared: [...called, ...calling],
      traffic,
      find: createPartyFinder(parties, environments),
      isInEnvironment: cluster => environments.get(cluster) === environment,
    }),
    isInCatalog: own !== undefined && own.entityRef !== null,
    trafficMissing,
  };
}
