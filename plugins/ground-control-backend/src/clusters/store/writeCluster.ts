import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { ClusterRow } from './types';

type Column = keyof ClusterRow;

const CONFIGURED: Column[] = [
  'ordinal',
  'provider',
  'region',
  'environment',
  'role',
  'entity_ref',
];
const SEEN: Column[] = [
  'connection',
  'reason',
  'since',
  'observed_at',
  'last_event_at',
  'instance',
  'identity',
  'identity_state',
  'kubernetes_version',
  'flux_version',
  'nodes_ready',
  'nodes_total',
  'containers',
  'source_revision',
  'source_fault',
  'source_suspended',
  'applied_revision',
  'unapplied',
  'applied_blocker',
  'routing',
  'kinds',
];

/** What is configured is written elsewhere, but for the first row. */
const shape: TableShape<ClusterRow> = {
  table: 'clusters',
  columns: ['cluster', ...CONFIGURED, ...SEEN],
  key: ['cluster'],
  merge: SEEN,
};

/** Writes what a cluster's watcher sees of it as a whole. */
export async function writeCluster(tx: Knex, row: ClusterRow): Promise<void> {
  await writeRows(tx, shape, [row]);
}
