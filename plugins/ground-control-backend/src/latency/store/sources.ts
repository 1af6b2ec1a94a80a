import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { countChangesOfAll } from './changes';
import { ClusterRow, SourceRow } from './types';

const sourceShape: TableShape<SourceRow> = {
  table: 'latency_sources',
  columns: [
    'source',
    'ordinal',
    'label',
    'interval_ms',
    'state',
    'reason',
    'since',
    'read_until',
  ],
  key: ['source'],
  merge: [
    'ordinal',
    'label',
    'interval_ms',
    'state',
    'reason',
    'since',
    'read_until',
  ],
};

const clusterShape: TableShape<ClusterRow> = {
  table: 'latency_clusters',
  columns: ['cluster', 'source', 'provider', 'heard_at'],
  key: ['cluster', 'source'],
  merge: ['provider', 'heard_at'],
};

export async function readSources(knex: Knex): Promise<SourceRow[]> {
  return knex('latency_sources').select().orderBy('ordinal');
}

export async function writeSources(tx: Knex, rows: SourceRow[]): Promise<void> {
  await writeRows(tx, sourceShape, rows);
}

export async function readSourceClusters(knex: Knex): Promise<ClusterRow[]> {
  return knex('latency_clusters').select();
}

export async function writeSourceClusters(
  tx: Knex,
  rows: ClusterRow[],
): Promise<void> {
  await writeRows(tx, clusterShape, rows);
}

/** What is left of sources that are no longer configured goes. */
export async function forgetOtherSources(
  tx: Knex,
  sources: string[],
): Promise<void> {
  for (const table of ['latency_clusters', 'latency_sources']) {
    await tx(table).whereNotIn('source', sources).delete();
  }
  await tx('latency_pairs')
    .whereNotIn('source', sources)
    .update({ linked: false });
  await countChangesOfAll(tx);
}
