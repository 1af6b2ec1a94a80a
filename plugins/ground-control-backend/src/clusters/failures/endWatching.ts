import { Knex } from 'knex';

/**
 * Ends what goes on in a cluster that no longer carries an environment: of its
 * releases there nothing will be heard any more. What was seen stays.
 *
 * @param environment - that it carries now, and that goes on
 */
export async function endWatching(
  tx: Knex,
  cluster: string,
  environment: string | undefined,
  now: number,
): Promise<void> {
  const seen = await tx('clusters').where({ cluster }).first('observed_at');
  const until = Number(seen?.observed_at ?? now);
  for (const table of ['release_failures', 'cluster_watches']) {
    const query = tx(table).where({ cluster }).whereNull('until');
    if (environment !== undefined) query.whereNot({ environment });
    await query.update({ until });
  }
}
