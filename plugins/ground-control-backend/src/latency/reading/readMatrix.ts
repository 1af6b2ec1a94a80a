import {
  LatencyPercentile,
  LatencyWindow,
  LinkCell,
  LinkCluster,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { readTrustNotices } from '../../links/readTrustNotices';
import { pairKey, parsePairKey } from '../book/pairKey';
import { PairRow } from '../store/types';
import { buildBareCell, buildCell, createFormatTime } from './buildCell';
import { readSourcesOf, SourceStates } from './readSourcesOf';
import { LinkReadContext } from './types';

interface ConfiguredRow {
  cluster: string;
  provider: string | null;
  region: string | null;
  environment: string | null;
  role: string | null;
}

const BARE_COLUMNS = [
  'from_cluster',
  'to_cluster',
  'source',
  'probe',
  'loss_at_least',
  'to_provider',
  'linked',
  'state',
  'code',
  'since',
  'sampled_at',
  'last_success_at',
  'baselines',
];

/** As the page of clusters tells it. */
function describePlace(
  row: Partial<ConfiguredRow> = {},
): Pick<LinkCluster, 'environment' | 'role'> {
  if (row.environment) return { environment: row.environment };
  return row.role ? { role: row.role } : {};
}

function buildClusters(
  configured: ConfiguredRow[],
  rows: PairRow[],
  pairs: ReadonlySet<string>,
  sources: SourceStates,
): LinkCluster[] {
  const clusters = new Map<string, LinkCluster>();
  const add = (name: string, row?: Partial<ConfiguredRow>) => {
    if (clusters.has(name)) return;
    const { state, sampledAt, reason } = sources.worstOf(name);
    clusters.set(name, {
      name,
      provider: row?.provider ?? sources.providerOf(name) ?? null,
      region: row?.region ?? null,
      ...describePlace(row),
      source: { state, sampledAt, reason },
    });
  };
  for (const row of configured) add(row.cluster, row);
  for (const cluster of sources.clusters.sort()) add(cluster);
  const targets = new Map<string, { provider: string | null }>();
  for (const key of pairs)
    targets.set(parsePairKey(key).to, { provider: null });
  for (const { linked, to_cluster: name, to_provider: provider } of rows) {
    if (linked) targets.set(name, { provider });
  }
  for (const name of [...targets.keys()].sort()) add(name, targets.get(name));
  return [...clusters.values()];
}

/** In the order of their clusters; those of clusters beyond it come last. */
function sortCells(cells: LinkCell[], clusters: LinkCluster[]): LinkCell[] {
  const order = new Map(clusters.map(({ name }, i) => [name, i]));
  const place = (name: string) => order.get(name) ?? order.size;
  // Looked up once for each, and not at each comparison of thousands.
  return cells
    .map(cell => ({
      cell,
      at: place(cell.from) * (order.size + 1) + place(cell.to),
    }))
    .sort((a, b) => a.at - b.at)
    .map(({ cell }) => cell);
}

/** Reads all links; that the reader may read clusters was decided before. */
export async function readMatrix(
  context: LinkReadContext,
  options: { window: LatencyWindow; percentile: LatencyPercentile },
): Promise<LinkMatrix> {
  const { knex, now, maySee = () => true } = context;
  const { window, percentile } = options;
  const column = `window_${window}` as const;
  const [configured, rows, sources, linked] = await Promise.all([
    knex<ConfiguredRow>('clusters')
      .select('cluster', 'provider', 'region', 'environment', 'role')
      .orderBy([{ column: 'ordinal' }, { column: 'cluster' }]),
    knex('latency_pairs').select([...BARE_COLUMNS, column]) as Promise<
      PairRow[]
    >,
    readSourcesOf(knex, now.getTime()),
    context.readLinkedPairs(knex),
  ]);
  const clusters = buildClusters(
    configured as ConfiguredRow[],
    rows,
    linked.pairs,
    sources,
  );
  const cells: LinkCell[] = [];
  const notSampled = new Set(linked.pairs);
  const formatTime = createFormatTime();
  const hide = (names: { from: string; to: string }) =>
    maySee(names.from) && maySee(names.to)
      ? undefined
      : buildBareCell(names, { state: 'hidden', code: 'hidden', percentile });
  for (const row of rows) {
    const names = { from: row.from_cluster, to: row.to_cluster };
    const isLinked = linked.clusters.has(names.from)
      ? notSampled.delete(pairKey(names.from, names.to))
      : Boolean(row.linked);
    if (!isLinked) continue;
    cells.push(
      hide(names) ??
        buildCell(row, {
          source: sources.of(row.from_cluster, row.source),
          sourceLabel: sources.labelOf(row.source),
          window,
          percentile,
          formatTime,
        }),
    );
  }
  for (const key of notSampled) {
    const { from, to } = parsePairKey(key);
    const code =
      sources.worstOf(from).state === 'none' ? 'no-source' : 'not-sampled';
    cells.push(
      hide({ from, to }) ??
        buildBareCell(
          { from, to },
          { state: 'never-sampled', code, percentile },
        ),
    );
  }
  const sorted = sortCells(cells, clusters);
  return {
    asOf: now.toISOString(),
    window,
    percentile,
    clusters,
    cells: sorted,
    trust: await readTrustNotices(
      knex,
      sorted.filter(({ state }) => state !== 'hidden'),
      now,
    ),
  };
}
