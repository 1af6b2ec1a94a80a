import {
  LatencyPercentile,
  LatencyWindow,
  LinkCell,
  LinkCluster,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { pairKey } from '../book/pairKey';
import { parseBaselines } from '../store/pairRow';
import { PairRow } from '../store/types';
import { parseWindow } from '../windows/packWindow';
import { buildBareCell, buildCell, createFormatTime } from './buildCell';
import { readSourcesOf, SourceStates } from './readSourcesOf';
import { LinkReadContext } from './types';

interface ConfiguredRow {
  cluster: string;
  provider: string | null;
  region: string | null;
  environment: string | null;
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

function buildClusters(
  configured: ConfiguredRow[],
  rows: PairRow[],
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
      ...(row?.environment && { environment: row.environment }),
      source: { state, sampledAt, reason },
    });
  };
  for (const row of configured) add(row.cluster, row);
  for (const cluster of sources.clusters.sort()) add(cluster);
  const targets = new Map(
    rows
      .filter(({ linked }) => linked)
      .map(row => [row.to_cluster, { provider: row.to_provider }]),
  );
  for (const name of [...targets.keys()].sort()) add(name, targets.get(name));
  return [...clusters.values()];
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
      .select('cluster', 'provider', 'region', 'environment')
      .orderBy([{ column: 'ordinal' }, { column: 'cluster' }]),
    knex('latency_pairs').select([...BARE_COLUMNS, column]) as Promise<
      PairRow[]
    >,
    readSourcesOf(knex, now.getTime()),
    context.readLinkedPairs(knex),
  ]);
  const clusters = buildClusters(configured as ConfiguredRow[], rows, sources);
  const order = new Map(clusters.map(({ name }, i) => [name, i]));
  const cells = new Map<string, LinkCell>();
  const formatTime = createFormatTime();
  const hide = (names: { from: string; to: string }) =>
    maySee(names.from) && maySee(names.to)
      ? undefined
      : buildBareCell(names, { state: 'hidden', code: 'hidden', percentile });
  for (const row of rows) {
    const names = { from: row.from_cluster, to: row.to_cluster };
    const key = pairKey(names.from, names.to);
    const isLinked = linked.clusters.has(names.from)
      ? linked.pairs.has(key)
      : Boolean(row.linked);
    if (!isLinked) continue;
    const cell =
      hide(names) ??
      buildCell(row, {
        source: sources.of(row.from_cluster, row.source),
        sourceLabel: sources.labelOf(row.source),
        numbers: parseWindow(row[column]),
        baselines: parseBaselines(row.baselines),
        percentile,
        formatTime,
      });
    cells.set(key, cell);
  }
  for (const key of linked.pairs) {
    if (cells.has(key)) continue;
    const [from, to] = key.split('\0');
    const code =
      sources.worstOf(from).state === 'none' ? 'no-source' : 'not-sampled';
    cells.set(
      key,
      hide({ from, to }) ??
        buildBareCell(
          { from, to },
          { state: 'never-sampled', code, percentile },
        ),
    );
  }
  const place = (name: string) => order.get(name) ?? order.size;
  return {
    asOf: now.toISOString(),
    window,
    percentile,
    clusters,
    cells: [...cells.values()].sort(
      (a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to),
    ),
  };
}
