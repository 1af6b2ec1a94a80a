import { Knex } from 'knex';
import { endWatching } from '../failures/endWatching';
import { LINK_TABLES } from '../../links/store';
import { LocatedCluster } from '../types';

/** What is configured of a cluster, as its row has it. */
export function configuredRow(definition: LocatedCluster, ordinal: number) {
  return {
    ordinal,
    provider: definition.provider ?? null,
    region: definition.region ?? null,
    environment: definition.environment ?? null,
    role: definition.role ?? null,
    entity_ref: definition.entityRef ?? null,
  };
}

/**
 * Brings the rows of clusters to what is configured: new ones are there at
 * once, and of those that are no longer configured nothing stays but how
 * earlier releases went there.
 *
 * @returns whether anything changed
 */
export async function syncClusters(
  tx: Knex,
  definitions: LocatedCluster[],
  now: number,
): Promise<boolean> {
  const rows = await tx('clusters').select(
    'cluster',
    'ordinal',
    'provider',
    'region',
    'environment',
    'role',
    'entity_ref',
  );
  const known = new Map(rows.map(row => [row.cluster as string, row]));
  let changed = false;
  for (const [ordinal, definition] of definitions.entries()) {
    const { name: cluster } = definition;
    const configured = configuredRow(definition, ordinal);
    const row = known.get(cluster);
    known.delete(cluster);
    if (!row) {
      await tx('clusters')
        .insert({ cluster, ...configured, since: now })
        .onConflict('cluster')
        .ignore();
      changed = true;
    } else if (!isSame(row, configured)) {
      await tx('clusters').where({ cluster }).update(configured);
      changed = true;
    }
  }
  for (const cluster of known.keys()) {
    await endWatching(tx, cluster, undefined, now);
    for (const table of [
      'cluster_services',
      'service_restarts',
      'cluster_recoveries',
      ...LINK_TABLES,
      'clusters',
    ]) {
      await tx(table).where({ cluster }).delete();
    }
    changed = true;
  }
  return changed;
}

function isSame(
  row: Record<string, unknown>,
  configured: Record<string, unknown>,
): boolean {
  return Object.entries(configured).every(([key, value]) => row[key] === value);
}
