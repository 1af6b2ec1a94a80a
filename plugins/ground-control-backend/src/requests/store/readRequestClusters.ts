import { Knex } from 'knex';
import { RequestClusterRow } from '../types';

/** Reads how requests stand in clusters, by the requests' numbers. */
export async function readRequestClusters(
  knex: Knex,
  numbers: number[],
): Promise<Map<number, RequestClusterRow[]>> {
  const rows = await knex('release_request_clusters')
    .whereIn('number', numbers)
    .orderBy(['number', 'cluster']);
  const clusters = new Map<number, RequestClusterRow[]>(
    numbers.map(number => [number, []]),
  );
  for (const row of rows) {
    clusters
      .get(Number(row.number))
      ?.push({ ...row, since: Number(row.since) });
  }
  return clusters;
}
