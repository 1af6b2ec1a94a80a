import { Knex } from 'knex';

/**
 * Leaves word, for whichever replica watches the cluster, that something may
 * have happened there. A cluster that nobody configured is none of ours.
 */
export async function wantLook(
  knex: Knex,
  cluster: string,
  now: number,
): Promise<void> {
  await knex('clusters').where({ cluster }).update({ look_wanted_at: now });
}
