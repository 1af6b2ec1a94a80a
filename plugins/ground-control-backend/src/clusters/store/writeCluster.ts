import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { ClusterRow } from './types';

/** Written as the watcher sees it; what is configured is written elsewhere. */
const shape: TableShape<ClusterRow> = {
  table: 'clusters',
  columns: [
    'cluster',
    'ordinal',
    'provider',
    'region',
    'environment',
    'entity_ref',
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
    'kinds',
  ],
  key: ['cluster'],
  merge: [
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
    'kinds',
  ],
};

/** Writes what a cluster's watcher sees of it as a whole. */
export async function writeCluster(tx: Knex, row: ClusterRow): Promise<void> {
  await writeRows(tx, shape, [row]);
}
