import { Knex } from 'knex';
import { pairKey } from '../book/pairKey';
import { countChanges } from './changes';

/**
 * Forgets links that nothing measures any more and that have no samples since
 * then; their packed days go with their time.
 *
 * @returns their keys
 */
export async function forgetPairs(tx: Knex, before: number): Promise<string[]> {
  const rows: Array<{ from_cluster: string; to_cluster: string }> = await tx(
    'latency_pairs',
  )
    .where({ linked: false })
    .andWhere(query =>
      query
        .where('sampled_at', '<', before)
        .orWhere(never =>
          never.whereNull('sampled_at').andWhere('since', '<', before),
        ),
    )
    .select('from_cluster', 'to_cluster')
    .limit(200);
  for (const { from_cluster, to_cluster } of rows) {
    for (const table of [
      'latency_failures',
      'latency_resume',
      'latency_pairs',
    ]) {
      await tx(table).where({ from_cluster, to_cluster }).delete();
    }
  }
  await countChanges(
    tx,
    rows.map(row => row.from_cluster),
  );
  return rows.map(row => pairKey(row.from_cluster, row.to_cluster));
}
