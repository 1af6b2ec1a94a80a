import {
  formatServiceRef,
  LinkCall,
  LinkRelease,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';

const BEFORE_MS = 15 * 60_000;
const MOST_RELEASES = 20;
/** Read of each time; most are of services whose link is unwell for shorter. */
const MOST_READ = 500;
const MOST_SERVICES = 500;

/** Since when releases of a service are of interest, in an environment. */
export function decideSpans(
  calls: LinkCall[],
  environments: ReadonlyMap<string, string>,
): Map<string, { service: ServiceRef; environment: string; since: number }> {
  const spans = new Map<
    string,
    { service: ServiceRef; environment: string; since: number }
  >();
  for (const call of calls) {
    if (!call.affected || call.since === null) continue;
    const since = Date.parse(call.since) - BEFORE_MS;
    const ends: Array<[ServiceRef | null, string]> = [
      [call.caller, call.from],
      [call.callee, call.to],
    ];
    for (const [service, cluster] of ends) {
      const environment = environments.get(cluster);
      if (!service || environment === undefined) continue;
      const key = `${environment}\0${formatServiceRef(service)}`;
      const known = spans.get(key);
      if (!known || since < known.since) {
        spans.set(key, { service, environment, since });
      }
    }
  }
  return spans;
}

/**
 * Reads the releases of callers and callees since shortly before their link
 * became unwell, newest first; that the reader may see them was decided before.
 */
export async function readLinkReleases(
  knex: Knex,
  options: {
    repository: string;
    calls: LinkCall[];
    environments: ReadonlyMap<string, string>;
  },
): Promise<LinkRelease[]> {
  const spans = decideSpans(options.calls, options.environments);
  if (spans.size === 0) return [];
  const all = [...spans.values()];
  const services = [
    ...new Map(
      all.map(({ service }) => [formatServiceRef(service), service]),
    ).values(),
  ].slice(0, MOST_SERVICES);
  const earliest = Math.min(...all.map(({ since }) => since));
  const rows = await knex('releases')
    .where('repository', options.repository)
    .whereIn(
      ['namespace', 'service'],
      services.map(({ namespace, name }) => [namespace, name]),
    )
    .where('released_at', '>=', earliest)
    .orderBy([
      { column: 'released_at', order: 'desc' },
      { column: 'position', order: 'desc' },
      { column: 'service' },
    ])
    .limit(MOST_READ)
    .select(
      'namespace',
      'service',
      'environment',
      'artifact_id',
      'released_at',
    );
  const releases: LinkRelease[] = [];
  for (const row of rows) {
    const service = { namespace: row.namespace, name: row.service };
    const span = spans.get(`${row.environment}\0${formatServiceRef(service)}`);
    const releasedAt = Number(row.released_at);
    if (!span || releasedAt < span.since) continue;
    releases.push({
      ...service,
      environment: row.environment,
      artifactId: row.artifact_id,
      releasedAt: new Date(releasedAt).toISOString(),
    });
  }
  return releases.slice(0, MOST_RELEASES);
}
