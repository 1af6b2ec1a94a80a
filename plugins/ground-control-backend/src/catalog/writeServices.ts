import { Knex } from 'knex';
import { DerivedService } from './types';

const CHUNK = 200;
const KEY = ['repository', 'namespace', 'service'];

function toRow(repository: string, service: DerivedService) {
  return {
    repository,
    namespace: service.namespace,
    service: service.name,
    squad_ref: service.squadRef ?? null,
    squad_source: service.squadSource,
    artifact_squad_ref: service.artifactSquadRef ?? null,
    entity_ref: service.entityRef ?? null,
    in_repository: service.inRepository,
    in_catalog: service.inCatalog,
  };
}
type Row = ReturnType<typeof toRow>;

function isSame(a: Row, b: Row): boolean {
  return (
    a.squad_ref === b.squad_ref &&
    a.squad_source === b.squad_source &&
    a.artifact_squad_ref === b.artifact_squad_ref &&
    a.entity_ref === b.entity_ref &&
    Boolean(a.in_repository) === Boolean(b.in_repository) &&
    Boolean(a.in_catalog) === Boolean(b.in_catalog)
  );
}

const keyOf = (row: Row) => `${row.namespace}/${row.service}`;

/**
 * Writes the derived services that changed, and deletes those of the given
 * names that are no more. A row is written only when its state differs, so
 * that a quiet minute writes nothing.
 *
 * @param names - the names that were derived; all when absent
 * @returns whether anything changed
 */
export async function writeServices(
  knex: Knex,
  repository: string,
  services: DerivedService[],
  names?: string[],
): Promise<boolean> {
  const query = knex<Row>('services').where({ repository });
  if (names) query.whereIn('service', names);
  const existing = new Map(
    ((await query) as Row[]).map(row => [keyOf(row), row]),
  );
  const changed: Row[] = [];
  for (const service of services) {
    const row = toRow(repository, service);
    const before = existing.get(keyOf(row));
    existing.delete(keyOf(row));
    if (!before || !isSame(before, row)) changed.push(row);
  }
  for (let i = 0; i < changed.length; i += CHUNK) {
    await knex('services')
      .insert(changed.slice(i, i + CHUNK))
      .onConflict(KEY)
      .merge();
  }
  for (const { namespace, service } of existing.values()) {
    await knex('services').where({ repository, namespace, service }).delete();
  }
  return changed.length > 0 || existing.size > 0;
}
