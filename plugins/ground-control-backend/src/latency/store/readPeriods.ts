import { Knex } from 'knex';
import { pairKey } from '../book/pairKey';
import { parsePeriod } from '../sources/scrape/parsePeriod';

/** How often Links say that they are probed, in milliseconds, by their pair. */
export async function readPeriods(knex: Knex): Promise<Map<string, number>> {
  const rows: Array<{ cluster: string; target: string; probe_period: string }> =
    await knex('cluster_links')
      .whereNotNull('probe_period')
      .select('cluster', 'target', 'probe_period');
  const periods = new Map<string, number>();
  for (const { cluster, target, probe_period } of rows) {
    const ms = parsePeriod(probe_period);
    if (ms !== undefined) periods.set(pairKey(cluster, target), ms);
  }
  return periods;
}
