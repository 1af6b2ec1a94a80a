import { Knex } from 'knex';
import { ClusterLink } from './types';

/** The Links that clusters have, of all or of some of them. */
export async function readLinkRows(
  knex: Knex,
  where: Partial<Pick<ClusterLink, 'cluster' | 'target'>> = {},
): Promise<ClusterLink[]> {
  const rows = await knex('cluster_links')
    .where(where)
    .orderBy(['cluster', 'target'])
    .select('*');
  return rows.map(row => ({
    cluster: row.cluster,
    target: row.target,
    namespace: row.namespace,
    gateway: JSON.parse(row.gateway),
    gatewayPort: row.gateway_port,
    gatewayIdentity: row.gateway_identity,
    probePeriod: row.probe_period,
    observedAt: Number(row.observed_at),
  }));
}
