import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { readLinkedPairs } from '../readLinkedPairs';
import { readTrafficMissing } from '../traffic/readTrafficMissing';
import { buildLinkCalls } from './buildLinkCalls';
import { decideCalls } from './decideCalls';
import { readCallFacts } from './readCallFacts';
import { readCells } from './readLinkCalls';
import { ServiceCalls } from './types';

/** It is nobody's look: whoever shows it decides who may see it. */
const ALL = {
  all: true,
  services: new Set<string>(),
  squads: new Set<string>(),
};

/**
 * Reads the calls of one service over links from the clusters of an
 * environment, and how those links stand. What only its squad is known to call
 * isn't among them.
 */
export async function readServiceCalls(
  knex: Knex,
  options: {
    repository: string;
    service: ServiceRef;
    environment: string;
    now: Date;
  },
): Promise<ServiceCalls> {
  const { repository, service, environment, now } = options;
  const [facts, trafficMissing, linked] = await Promise.all([
    readCallFacts(knex, {
      repository,
      now: now.getTime(),
      declared: true,
      caller: service,
    }),
    readTrafficMissing(knex, now.getTime()),
    readLinkedPairs(knex),
  ]);
  const clusters = [...facts.environments]
    .filter(([, carried]) => carried === environment)
    .map(([cluster]) => cluster)
    .sort();
  const own = formatServiceRef(service);
  const found = decideCalls(facts).filter(
    ({ callerParty, from }) =>
      callerParty !== null &&
      formatServiceRef(callerParty) === own &&
      clusters.includes(from),
  );
  const cells =
    found.length > 0
      ? // The same pairs say how links are and which can't be told.
        await readCells({ knex, now, readLinkedPairs: async () => linked })
      : new Map();
  return {
    clusters,
    calls: buildLinkCalls(found, { cells, sight: ALL }),
    unread: clusters.filter(cluster => !linked.clusters.has(cluster)),
    trafficMissing,
  };
}
