import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { Standing } from '../decide/types';
import { writeArrivals } from '../failures/writeArrivals';
import { writeFailures } from '../failures/writeFailures';
import { parseServiceKey } from '../serviceKey';
import { formatStandingRow } from './standingRow';
import { ClusterScope, ClusterServiceRow } from './types';

/** Rows of one transaction: SQLite blocks the process for as long as it takes. */
export const ROWS_OF_A_TRANSACTION = 300;
/** Each is a condition of its own. */
const REMOVALS_OF_A_STATEMENT = 100;

type Column = keyof ClusterServiceRow;

const KEY: Column[] = [
  'repository',
  'cluster',
  'environment',
  'namespace',
  'service',
];
const JUDGED: Column[] = [
  'release_position',
  'state',
  'reason',
  'message',
  'since',
  'blocked_by',
  'running_artifact_id',
  'replicas_ready',
  'replicas_desired',
  'drift_corrected_at',
];

const shape: TableShape<ClusterServiceRow> = {
  table: 'cluster_services',
  columns: [...KEY, ...JUDGED],
  key: KEY,
  merge: JUDGED,
};

/**
 * Writes services that are judged otherwise than before, and forgets those
 * that are no longer released. That one runs, fails, or does no longer, is
 * kept beside it for good.
 *
 * @param changes - undefined for those to be forgotten; together at most
 * {@link ROWS_OF_A_TRANSACTION}
 */
export async function writeStandings(
  tx: Knex,
  scope: ClusterScope,
  changes: [string, Standing | undefined][],
  now: number,
): Promise<void> {
  await writeFailures(tx, scope, changes, now);
  await writeArrivals(tx, scope, changes);
  const rows: ClusterServiceRow[] = [];
  const gone: [string, string][] = [];
  for (const [key, standing] of changes) {
    if (standing) {
      rows.push(formatStandingRow(scope, key, standing));
    } else {
      const { namespace, name } = parseServiceKey(key);
      gone.push([namespace, name]);
    }
  }
  await writeRows(tx, shape, rows);
  for (let at = 0; at < gone.length; at += REMOVALS_OF_A_STATEMENT) {
    await tx('cluster_services')
      .where(scope)
      .whereIn(
        ['namespace', 'service'],
        gone.slice(at, at + REMOVALS_OF_A_STATEMENT),
      )
      .delete();
  }
}
