import {
  LatencyPercentile,
  LatencyWindow,
  LinkCell,
  LinkCluster,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { readTrustNotices } from '../../links/readTrustNotices';
import { pairKey, parsePairKey } from '../book/pairKey';
import { buildBareCell, tellSource } from './buildCell';
import { createFormatTime, FormatTime } from './createFormatTime';
import { pairsReadAnew } from './pairsReadAnew';
import { readSourcesOf, SourceStates } from './readSourcesOf';
import { LinkedPairs, LinkReadContext, ReadPair } from './types';

interface ConfiguredRow {
  cluster: string;
  provider: string | null;
  region: string | null;
  environment: string | null;
  role: string | null;
}

/** As the page of clusters tells it. */
function describePlace(
  row: Partial<ConfiguredRow> = {},
): Pick<LinkCluster, 'environment' | 'role'> {
  if (row.environment) return { environment: row.environment };
  return row.role ? { role: row.role } : {};
}

function buildClusters(
  configured: ConfiguredRow[],
  read: readonly ReadPair[],
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
  for (const { row } of read) {
    const { linked, to_cluster: name, to_provider: provider } = row;
    if (linked && !targets.get(name)?.provider) targets.set(name, { provider });
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

/** What a reader sees of links, sampled and not. */
function buildCells(
  read: ReadPair[],
  facts: {
    linked: LinkedPairs;
    sources: SourceStates;
    percentile: LatencyPercentile;
    formatTime: FormatTime;
    maySee(cluster: string): boolean;
  },
): LinkCell[] {
  const { linked, sources, percentile, formatTime, maySee } = facts;
  const hide = (names: { from: string; to: string }) =>
    maySee(names.from) && maySee(names.to)
      ? undefined
      : buildBareCell(names, { state: 'hidden', code: 'hidden', percentile });
  const cells: LinkCell[] = [];
  const notSampled = new Set(linked.pairs);
  for (const { row, cell } of read) {
    const { from, to } = cell;
    const isLinked = linked.clusters.has(from)
      ? notSampled.delete(pairKey(from, to))
      : Boolean(row.linked);
    if (!isLinked) continue;
    const source = sources.of(from, row.source);
    cells.push(hide({ from, to }) ?? tellSource(cell, source, formatTime));
  }
  for (const key of notSampled) {
    const names = parsePairKey(key);
    const code =
      sources.worstOf(names.from).state === 'none'
        ? 'no-source'
        : 'not-sampled';
    cells.push(
      hide(names) ??
        buildBareCell(names, { state: 'never-sampled', code, percentile }),
    );
  }
  return cells;
}

/** Reads all links; that the reader may read clusters was decided before. */
export async function readMatrix(
  context: LinkReadContext,
  options: { window: LatencyWindow; percentile: LatencyPercentile },
): Promise<LinkMatrix> {
  const { knex, now, pairs = pairsReadAnew, maySee = () => true } = context;
  const { percentile } = options;
  const formatTime = createFormatTime();
  const readAll = async () => {
    const sources = await readSourcesOf(knex, now.getTime());
    const { labelOf } = sources;
    const read = await pairs.read(knex, { ...options, labelOf, formatTime });
    return { sources, read };
  };
  const [configured, { sources, read }, linked] = await Promise.all([
    knex<ConfiguredRow>('clusters')
      .select('cluster', 'provider', 'region', 'environment', 'role')
      .orderBy([{ column: 'ordinal' }, { column: 'cluster' }]),
    readAll(),
    context.readLinkedPairs(knex),
  ]);
  const clusters = buildClusters(
    configured as ConfiguredRow[],
    read,
    linked.pairs,
    sources,
  );
  const facts = { linked, sources, percentile, formatTime, maySee };
  const cells = sortCells(buildCells(read, facts), clusters);
  return {
    asOf: now.toISOString(),
    ...options,
    clusters,
    cells,
    trust: await readTrustNotices(
      knex,
      cells.filter(({ state }) => state !== 'hidden'),
      now,
    ),
  };
}
