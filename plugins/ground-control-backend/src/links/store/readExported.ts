import { Knex } from 'knex';
import { ExportedService } from './types';

/** Services that clusters let others mirror, of all or of one of them. */
export async function readExported(
  knex: Knex,
  where: Partial<Pick<ExportedService, 'cluster'>> = {},
): Promise<ExportedService[]> {
  const rows = await knex('exported_services')
    .where(where)
    .orderBy(['cluster', 'namespace', 'service'])
    .select('*');
  return rows.map(row => ({
    cluster: row.cluster,
    namespace: row.namespace,
    service: row.service,
    ports: JSON.parse(row.ports),
    externalName: row.external_name,
    managedByGateway: Boolean(row.managed_by_gateway),
  }));
}
