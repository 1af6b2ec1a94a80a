import { Knex } from 'knex';
import { Place } from './types';

const ROOM = 1_000;

/** Releases that clusters have now. */
function queryReleased(knex: Knex, repository: string) {
  return knex('cluster_services as c')
    .join('service_environments as e', {
      'e.repository': 'c.repository',
      'e.environment': 'c.environment',
      'e.namespace': 'c.namespace',
      'e.service': 'c.service',
    })
    .where('c.repository', repository)
    .where('e.removed', false);
}

/** Reads in which clusters services of the given names have a release. */
export async function readPlaces(
  knex: Knex,
  repository: string,
  names: string[],
): Promise<Place[]> {
  const places: Place[] = [];
  for (let at = 0; at < names.length; at += ROOM) {
    const rows = await queryReleased(knex, repository)
      .whereIn('c.service', names.slice(at, at + ROOM))
      .select('c.cluster', 'c.namespace', 'c.service');
    for (const row of rows) {
      places.push({
        cluster: row.cluster,
        namespace: row.namespace,
        name: row.service,
      });
    }
  }
  return places;
}

/** Reads in which clusters squads have releases. */
export async function readClustersOfSquads(
  knex: Knex,
  repository: string,
  squadRefs: string[],
): Promise<Map<string, Set<string>>> {
  const clusters = new Map<string, Set<string>>();
  if (squadRefs.length === 0) return clusters;
  const rows = await queryReleased(knex, repository)
    .join('services as s', {
      's.repository': 'c.repository',
      's.namespace': 'c.namespace',
      's.service': 'c.service',
    })
    .whereIn('s.squad_ref', squadRefs)
    .distinct('s.squad_ref', 'c.cluster');
  for (const { squad_ref, cluster } of rows) {
    const known = clusters.get(squad_ref) ?? new Set<string>();
    clusters.set(squad_ref, known.add(cluster));
  }
  return clusters;
}
