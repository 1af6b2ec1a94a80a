import { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { Entity } from '@backstage/catalog-model';
import { CatalogService as Catalog } from '@backstage/plugin-catalog-node';
import { ANNOTATION_SERVICE } from '@ground-control/backstage-plugin-ground-control-common';
import { ENTITY_FIELDS, parseComponent, parseSquad } from './parseEntity';
import { CatalogContent } from './types';

const PAGE_SIZE = 500;

type Filter = Array<Record<string, string | symbol>>;

async function readEntities(
  catalog: Catalog,
  auth: AuthService,
  filter: Filter,
): Promise<Entity[]> {
  const entities: Entity[] = [];
  let cursor: string | undefined;
  do {
    const credentials = await auth.getOwnServiceCredentials();
    const page = await catalog.queryEntities(
      cursor
        ? { cursor, fields: ENTITY_FIELDS, limit: PAGE_SIZE }
        : { filter, fields: ENTITY_FIELDS, limit: PAGE_SIZE },
      { credentials },
    );
    entities.push(...page.items);
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return entities;
}

/**
 * Reads all squads and services of the catalog, page by page.
 *
 * @throws when a page can't be read: half a catalog looks like one of which
 * half was deleted
 */
export async function readCatalog(
  catalog: Catalog,
  auth: AuthService,
): Promise<CatalogContent> {
  const groups = await readEntities(catalog, auth, [{ kind: 'group' }]);
  const components = await readEntities(catalog, auth, [
    { kind: 'component', 'spec.type': 'service' },
    {
      kind: 'component',
      [`metadata.annotations.${ANNOTATION_SERVICE}`]: CATALOG_FILTER_EXISTS,
    },
  ]);
  return {
    squads: groups.map(parseSquad),
    components: components.flatMap(entity => parseComponent(entity) ?? []),
  };
}
