import { Knex } from 'knex';
import { ClusterIngress } from './types';

/** Ways into clusters from outside, of all or of one of them. */
export async function readIngresses(
  knex: Knex,
  where: Partial<Pick<ClusterIngress, 'cluster'>> = {},
): Promise<ClusterIngress[]> {
  const rows = await knex('cluster_ingresses')
    .where(where)
    .orderBy(['cluster', 'namespace', 'name', 'service'])
    .select('*');
  return rows.map(row => ({
    cluster: row.cluster,
    namespace: row.namespace,
    name: row.name,
    service: row.service,
    port: row.port,
    hosts: JSON.parse(row.hosts),
    managedByGateway: Boolean(row.managed_by_gateway),
    certificate: row.certificate,
    certificateMessage: row.certificate_message,
  }));
}
