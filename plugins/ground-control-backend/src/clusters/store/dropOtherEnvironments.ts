import { Knex } from 'knex';
import { endWatching } from '../failures/endWatching';

/** A cluster carries one environment; rows of another are from before. */
export async function dropOtherEnvironments(
  tx: Knex,
  cluster: string,
  environment: string | undefined,
  now: number,
): Promise<void> {
  const query = tx('cluster_services').where({ cluster });
  if (environment !== undefined) query.whereNot({ environment });
  await query.delete();
  await endWatching(tx, cluster, environment, now);
}
