import { Knex } from 'knex';
import { CatalogContent } from './types';

const CHUNK = 200;

function chunk<T>(items: T[]): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += CHUNK) {
    chunks.push(items.slice(i, i + CHUNK));
  }
  return chunks;
}

/**
 * Stores what one complete read of the catalog found, and forgets what it
 * didn't find. Small statements instead of one transaction: SQLite stands
 * still meanwhile, and every step leaves rows that were true a minute ago.
 */
export async function storeCatalog(
  knex: Knex,
  content: CatalogContent,
  observedAt: number,
): Promise<void> {
  const squads = content.squads.map(squad => ({
    squad_ref: squad.ref,
    title: squad.title,
    leads: JSON.stringify(squad.leads),
    observed_at: observedAt,
  }));
  const components = content.components.map(component => ({
    entity_ref: component.entityRef,
    namespace: component.namespace ?? null,
    service: component.service,
    owner_ref: component.ownerRef ?? null,
    observed_at: observedAt,
  }));
  const relations = content.components.flatMap(component =>
    (component.relations ?? []).map(({ relation, targetRef }) => ({
      entity_ref: component.entityRef,
      relation,
      target_ref: targetRef,
      observed_at: observedAt,
    })),
  );
  for (const rows of chunk(squads)) {
    await knex('squads').insert(rows).onConflict('squad_ref').merge();
  }
  for (const rows of chunk(components)) {
    await knex('catalog_components')
      .insert(rows)
      .onConflict('entity_ref')
      .merge();
  }
  for (const rows of chunk(relations)) {
    await knex('catalog_relations')
      .insert(rows)
      .onConflict(['entity_ref', 'relation', 'target_ref'])
      .merge();
  }
  // Another replica may have read later than we did: what it found stays.
  await knex('squads').where('observed_at', '<', observedAt).delete();
  await knex('catalog_components')
    .where('observed_at', '<', observedAt)
    .delete();
  await knex('catalog_relations')
    .where('observed_at', '<', observedAt)
    .delete();
}
