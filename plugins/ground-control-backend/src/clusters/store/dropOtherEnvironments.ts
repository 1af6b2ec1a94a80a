import { Knex } from 'knex';
import { endWatching } from '../failures/endWatching';

/** A cluster carries one environment; rows of another are from before. */
export async function dropOtherEnvironments(
  tx: Knex,
  cluster: string,
  environment: string | undefined,
  now: number,
): Promise<void> {
  for (const table of ['cluster_services', 'service_restarts']) {
    const query = tx(table).where({ cluster });
    if (environment !== undefined) query.whereNot({ environment });
    await query.delete();
  }
  await endWatching(tx, cluster, environment, now);
}
