import { Knex } from 'knex';
import { ClusterMirrored } from './types';

type Where = Partial<
  Pick<ClusterMirrored, 'cluster' | 'target' | 'service' | 'serviceNamespace'>
> & {
  /** Of these services alone, by their names. */
  services?: readonly string[];
};

/** Services that are mirrored over links, or should be. */
export async function readMirrored(
  knex: Knex,
  where: Where = {},
): Promise<ClusterMirrored[]> {
  const { serviceNamespace, services, ...rest } = where;
  const query = knex('mirrored_services').where({
    ...rest,
    ...(serviceNamespace !== undefined && {
      service_namespace: serviceNamespace,
    }),
  });
  if (services) query.whereIn('service', services);
  const rows = await query
    .orderBy(['cluster', 'target', 'namespace', 'name'])
    .select('*');
  return rows.map(row => ({
    cluster: row.cluster,
    namespace: row.namespace,
    name: row.name,
    target: row.target,
    service: row.service,
    serviceNamespace: row.service_namespace,
    state: row.state,
    reason: row.reason,
    message: row.message,
  }));
}
