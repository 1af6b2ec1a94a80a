import { Knex } from 'knex';

/** Names a service's place in any table that has it. */
export interface PlaceColumns {
  environment: string;
  namespace: string;
  service: string;
}

export function formatPlaceColumns(row: PlaceColumns): string {
  return JSON.stringify([row.environment, row.namespace, row.service]);
}

/**
 * Reads which commits of the branch were the last to change services by hand,
 * without releasing anything: a release replaces what such a commit changed.
 *
 * @returns revisions by {@link formatPlaceColumns}; places without are left out
 */
export async function readLastEdits(
  knex: Knex,
  repository: string,
  services: string[],
): Promise<Map<string, string>> {
  const columns = ['environment', 'namespace', 'service'];
  const last = knex('commit_services')
    .where({ repository })
    .whereIn('service', services)
    .groupBy(columns)
    .select(columns)
    .max({ position: 'position' })
    .as('last');
  const rows: Array<PlaceColumns & { revision: string }> = await knex(
    'commits as c',
  )
    .join(last, 'last.position', 'c.position')
    .where('c.repository', repository)
    .select('last.environment', 'last.namespace', 'last.service', 'c.revision');
  return new Map(rows.map(row => [formatPlaceColumns(row), row.revision]));
}
