import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ServiceFacts } from './deriveServices';
import { CatalogComponent, KnownService } from './types';

interface KnownRow {
  namespace: string;
  service: string;
}

const keyOf = (row: KnownRow) => `${row.namespace}/${row.service}`;

async function readReleased(
  knex: Knex,
  repository: string,
  names?: string[],
): Promise<Map<string, KnownService>> {
  const query = knex('service_environments')
    .where({ repository })
    // The newest release last: its artifact names the squad.
    .orderBy('position')
    .select('namespace', 'service', 'removed', 'artifact_squad');
  if (names) query.whereIn('service', names);
  const known = new Map<string, KnownService>();
  for (const row of await query) {
    const key = keyOf(row);
    const service: KnownService = known.get(key) ?? {
      namespace: row.namespace,
      name: row.service,
      released: false,
    };
    if (!row.removed) service.released = true;
    if (row.artifact_squad) service.artifactSquad = row.artifact_squad;
    known.set(key, service);
  }
  return known;
}

/** Finds services that were built and aren't released anywhere. */
async function readBuilt(
  knex: Knex,
  repository: string,
  released: Map<string, KnownService>,
  services?: ServiceRef[],
): Promise<KnownRow[]> {
  if (!services) {
    const rows: KnownRow[] = await knex('artifacts')
      .where({ repository })
      .distinct('namespace', 'service');
    return rows.filter(row => !released.has(keyOf(row)));
  }
  // Builds are many, and ingest waits for this: they aren't gone through. What
  // may have been built is what changed, or was known by such a name before.
  const before: KnownRow[] = await knex('services')
    .where({ repository })
    .whereIn('service', [...new Set(services.map(ref => ref.name))])
    .select('namespace', 'service');
  const changed = services.map(({ namespace, name }) => ({
    namespace,
    service: name,
  }));
  const candidates = new Map(
    [...before, ...changed].map(row => [keyOf(row), row]),
  );
  const built: KnownRow[] = [];
  for (const [key, { namespace, service }] of candidates) {
    if (released.has(key)) continue;
    const build = await knex('artifacts')
      .where({ repository, namespace, service })
      .first('artifact_id');
    if (build) built.push({ namespace, service });
  }
  return built;
}

/**
 * Adds the squad of the newest build where what is released names none: it was
 * removed, can't be read, or was never released. Without it such a service
 * would vanish from its squad's sight just then.
 */
async function addSquadsOfBuilds(
  knex: Knex,
  repository: string,
  known: Iterable<KnownService>,
): Promise<void> {
  for (const service of known) {
    if (service.artifactSquad === undefined) {
      const newest = await knex('artifacts')
        .where({
          repository,
          namespace: service.namespace,
          service: service.name,
        })
        .whereNotNull('squad')
        .orderByRaw('built_at is null, built_at desc')
        .first('squad');
      if (newest) service.artifactSquad = newest.squad;
    }
  }
}

async function readComponents(
  knex: Knex,
  names?: string[],
): Promise<CatalogComponent[]> {
  const query = knex('catalog_components').select(
    'entity_ref',
    'namespace',
    'service',
    'owner_ref',
  );
  if (names) query.whereIn('service', names);
  return (await query).map(row => ({
    entityRef: row.entity_ref,
    service: row.service,
    ...(row.namespace !== null && { namespace: row.namespace }),
    ...(row.owner_ref !== null && { ownerRef: row.owner_ref }),
  }));
}

/**
 * Reads what services are derived from.
 *
 * @param services - that changed; all when absent. Others of the same names
 * are read as well, because they are derived together.
 */
export async function readServiceFacts(
  knex: Knex,
  repository: string,
  services?: ServiceRef[],
): Promise<ServiceFacts> {
  const names = services && [...new Set(services.map(ref => ref.name))];
  const known = await readReleased(knex, repository, names);
  for (const row of await readBuilt(knex, repository, known, services)) {
    known.set(keyOf(row), {
      namespace: row.namespace,
      name: row.service,
      released: false,
    });
  }
  await addSquadsOfBuilds(knex, repository, known.values());
  const components = await readComponents(knex, names);
  const squads = await knex('squads').select('squad_ref');
  return {
    known: [...known.values()],
    components,
    squadRefs: squads.map(row => row.squad_ref),
  };
}
