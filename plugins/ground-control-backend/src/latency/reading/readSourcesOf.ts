import { Knex } from 'knex';
import { readSourceClusters, readSources } from '../store/sources';
import { decideSource, HeardSource } from './decideSource';

/** How all sources are heard of. */
export interface SourceStates {
  /** What measures from a cluster, by that source. */
  of(cluster: string, source: string): HeardSource | undefined;
  /** What measures from a cluster; the worst, where there are several. */
  worstOf(cluster: string): HeardSource;
  labelOf(source: string): string;
  providerOf(cluster: string): string | undefined;
  clusters: string[];
}

const WORST = [
  'unreachable',
  'forbidden',
  'failing',
  'stale',
  'fresh',
  'none',
] as const;

const NONE: HeardSource = {
  state: 'none',
  sampledAt: null,
  reason: null,
  isStale: true,
  staleSince: null,
};

export async function readSourcesOf(
  knex: Knex,
  now: number,
): Promise<SourceStates> {
  const [sources, clusters] = await Promise.all([
    readSources(knex),
    readSourceClusters(knex),
  ]);
  const byId = new Map(sources.map(row => [row.source, row]));
  const states = new Map<string, Map<string, HeardSource>>();
  const worst = new Map<string, HeardSource>();
  const providers = new Map<string, string>();
  for (const row of clusters) {
    const source = byId.get(row.source);
    if (!source) continue;
    const state = decideSource(row, source, now);
    const byCluster = states.get(row.source) ?? new Map();
    states.set(row.source, byCluster.set(row.cluster, state));
    if (row.provider) providers.set(row.cluster, row.provider);
    const before = worst.get(row.cluster);
    if (!before || WORST.indexOf(state.state) < WORST.indexOf(before.state)) {
      worst.set(row.cluster, state);
    }
  }
  return {
    of: (cluster, source) => states.get(source)?.get(cluster),
    worstOf: cluster => worst.get(cluster) ?? NONE,
    labelOf: source => byId.get(source)?.label ?? source,
    providerOf: cluster => providers.get(cluster),
    clusters: [...worst.keys()],
  };
}
