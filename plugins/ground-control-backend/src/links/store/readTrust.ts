import { Knex } from 'knex';
import { ClusterTrust } from './types';

/** What the meshes of clusters trust, of those of which it is known. */
export async function readTrust(
  knex: Knex,
  where: Partial<Pick<ClusterTrust, 'cluster'>> = {},
): Promise<ClusterTrust[]> {
  const rows = await knex('cluster_trust')
    .where(where)
    .orderBy('cluster')
    .select('*');
  return rows.map(row => ({
    cluster: row.cluster,
    roots: JSON.parse(row.roots),
    fault: row.fault,
  }));
}
