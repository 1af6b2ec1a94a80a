import { Knex } from 'knex';

/** Names of the clusters that carry an environment, in the configured order. */
export async function readTargetClusters(
  knex: Knex,
  environment: string,
): Promise<string[]> {
  return knex('clusters')
    .where({ environment })
    .orderBy(['ordinal', 'cluster'])
    .pluck('cluster');
}
