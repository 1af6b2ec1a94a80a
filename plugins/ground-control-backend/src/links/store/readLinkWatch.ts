import { Knex } from 'knex';
import { LinkWatch } from './types';

const number = (value: unknown) => (value === null ? null : Number(value));

/** Of which clusters these kinds can be read; of others nothing is known. */
export async function readLinkWatch(
  knex: Knex,
  where: Partial<Pick<LinkWatch, 'cluster'>> = {},
): Promise<LinkWatch[]> {
  const rows = await knex('link_watch')
    .where(where)
    .orderBy('cluster')
    .select('*');
  return rows.map(row => ({
    cluster: row.cluster,
    linksKnown: Boolean(row.links_known),
    servicesKnown: Boolean(row.services_known),
    ingressesKnown: Boolean(row.ingresses_known),
    observedAt: number(row.observed_at),
  }));
}
