import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { TrafficCall } from '../calls/types';
import { KEPT_MS } from './types';

const KEY = [
  'source',
  'from_cluster',
  'namespace',
  'workload',
  'to_cluster',
  'service_namespace',
  'service',
] as const;
const NUMBERS = [
  'requests_per_second',
  'errors',
  'p95_ms',
  'observed_at',
] as const;

/** A row of `link_traffic`. */
interface Row {
  source: string;
  from_cluster: string;
  namespace: string;
  workload: string;
  to_cluster: string;
  service_namespace: string;
  service: string;
  requests_per_second: number;
  errors: number | null;
  p95_ms: number | null;
  observed_at: number | string;
}

const shape: TableShape<Row> = {
  table: 'link_traffic',
  columns: [...KEY, ...NUMBERS],
  key: [...KEY],
  merge: [...NUMBERS],
};

/** Writes what a source counted, instead of what it counted before. */
export async function writeTraffic(
  tx: Knex,
  source: string,
  calls: TrafficCall[],
  now: number,
): Promise<void> {
  const rows = calls.map(
    (call): Row => ({
      source,
      from_cluster: call.from,
      namespace: call.namespace,
      workload: call.workload,
      to_cluster: call.to,
      service_namespace: call.serviceNamespace,
      service: call.service,
      requests_per_second: call.requestsPerSecond,
      errors: call.errors,
      p95_ms: call.p95Ms,
      observed_at: now,
    }),
  );
  await writeRows(tx, shape, rows);
  await tx('link_traffic')
    .where({ source })
    .whereNot('observed_at', now)
    .delete();
}

/** Forgets what is too old to say anything of now. */
export async function dropOldTraffic(
  tx: Knex,
  source: string,
  now: number,
): Promise<void> {
  await tx('link_traffic')
    .where({ source })
    .where('observed_at', '<', now - KEPT_MS)
    .delete();
}

/**
 * Reads the calls of the last minutes. Where several sources count the calls of
 * a cluster, what the first of them says counts, and nothing counts twice.
 *
 * @param where - `workload`: the name of who calls; `party`: of who calls or is
 * called; all when absent
 */
export async function readTraffic(
  knex: Knex,
  now: number,
  where: { workload?: string; party?: string } = {},
): Promise<TrafficCall[]> {
  const { party, workload } = where;
  const isAll = workload === undefined && party === undefined;
  const ofLate = () =>
    knex('link_traffic as t')
      .join('link_traffic_sources as s', 's.source', 't.source')
      .where('t.observed_at', '>=', now - KEPT_MS);
  const query = ofLate()
    .orderBy(['s.ordinal', 't.from_cluster', 't.to_cluster', 't.workload'])
    .select('t.*');
  if (workload !== undefined) query.where('t.workload', workload);
  if (party !== undefined) {
    query.where(either =>
      either.where('t.workload', party).orWhere('t.service', party),
    );
  }
  const rows: Row[] = await query;
  // A source counts a cluster's calls also where it has none of these.
  const counting: Array<Pick<Row, 'source' | 'from_cluster'>> =
    isAll || rows.length === 0
      ? rows
      : await ofLate()
          .orderBy('s.ordinal')
          .distinct('s.ordinal', 't.source', 't.from_cluster');
  const firsts = new Map<string, string>();
  for (const { from_cluster: cluster, source } of counting) {
    if (!firsts.has(cluster)) firsts.set(cluster, source);
  }
  const calls: TrafficCall[] = [];
  for (const row of rows) {
    if (firsts.get(row.from_cluster) !== row.source) continue;
    calls.push({
      from: row.from_cluster,
      to: row.to_cluster,
      namespace: row.namespace,
      workload: row.workload,
      serviceNamespace: row.service_namespace,
      service: row.service,
      requestsPerSecond: row.requests_per_second,
      errors: row.errors,
      p95Ms: row.p95_ms,
      observedAt: new Date(Number(row.observed_at)).toISOString(),
    });
  }
  return calls;
}
