import { Knex } from 'knex';
import { pairKey } from '../latency/book/pairKey';
import { LinkedPairs } from '../latency/reading/types';
import { readLinkWatch } from './store';

/** Which clusters are linked, as the Links of those say whose Links are known. */
export async function readLinkedPairs(knex: Knex): Promise<LinkedPairs> {
  const [links, watches] = await Promise.all([
    // Names alone: fifty clusters have thousands, and each matrix asks.
    knex<{ cluster: string; target: string }>('cluster_links').select(
      'cluster',
      'target',
    ),
    readLinkWatch(knex),
  ]);
  const known = watches.filter(watch => watch.linksKnown);
  const clusters = new Set(known.map(({ cluster }) => cluster));
  const pairs = links
    .filter(({ cluster }) => clusters.has(cluster))
    .map(({ cluster, target }) => pairKey(cluster, target));
  return { clusters, pairs: new Set(pairs) };
}
