import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService as Catalog } from '@backstage/plugin-catalog-node';
import { CLUSTER_FIELDS, parseClusterEntity } from './parseClusterEntity';
import { ClusterEntry } from './types';

const PAGE_SIZE = 500;

/**
 * Reads the clusters of the catalog, in the order of their names.
 *
 * @throws when a page can't be read: half of them looks as if the others were
 * deleted
 */
export async function readCatalogEntries(
  catalog: Catalog,
  auth: AuthService,
): Promise<{ entries: ClusterEntry[]; faults: string[] }> {
  const entities: Entity[] = [];
  const request = { fields: CLUSTER_FIELDS, limit: PAGE_SIZE };
  const filter = [{ kind: 'resource', 'spec.type': 'kubernetes-cluster' }];
  let cursor: string | undefined;
  do {
    const credentials = await auth.getOwnServiceCredentials();
    const page = await catalog.queryEntities(
      cursor ? { ...request, cursor } : { ...request, filter },
      { credentials },
    );
    entities.push(...page.items);
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  const parsed = entities.map(parseClusterEntity);
  const entries = new Map(
    parsed
      .map(({ entry }) => entry)
      // The same name in two namespaces is the same cluster; `default` counts.
      .sort((a, b) => compare(a.name, b.name) || rank(a) - rank(b))
      .reverse()
      .map(entry => [entry.name, entry]),
  );
  return {
    entries: [...entries.values()].reverse(),
    faults: parsed.flatMap(({ fault }) => fault ?? []),
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function rank(entry: ClusterEntry): number {
  return entry.entityRef?.startsWith('resource:default/') ? 0 : 1;
}
