import { ClusterRecovery } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { formatTime } from '../formatTime';

/** Of one cluster; a recovery is a rare thing. */
const MOST_RECOVERIES = 50;

type Time = number | string | null;

interface RecoveryRow {
  cluster: string;
  started_at: number | string;
  api_reachable_at: Time;
  flux_ready_at: Time;
  first_revision_at: Time;
  all_ready_at: Time;
  ready: number | null;
  total: number | null;
}

function buildRecovery(row: RecoveryRow): ClusterRecovery {
  const recovery: ClusterRecovery = { startedAt: formatTime(row.started_at) };
  const moments = [
    ['apiReachableAt', row.api_reachable_at],
    ['fluxReadyAt', row.flux_ready_at],
    ['firstRevisionAt', row.first_revision_at],
    ['allReadyAt', row.all_ready_at],
  ] as const;
  for (const [moment, at] of moments) {
    if (at !== null) recovery[moment] = formatTime(at);
  }
  if (row.all_ready_at === null && row.ready !== null && row.total !== null) {
    recovery.ready = row.ready;
    recovery.total = row.total;
  }
  return recovery;
}

/** Reads the last recovery of each cluster that had one, by its name. */
export async function readLastRecoveries(
  knex: Knex,
): Promise<Map<string, ClusterRecovery>> {
  const last = knex('cluster_recoveries')
    .groupBy('cluster')
    .select('cluster')
    .max('started_at as started_at')
    .as('last');
  const rows: RecoveryRow[] = await knex('cluster_recoveries')
    .join(last, join =>
      join
        .on('last.cluster', 'cluster_recoveries.cluster')
        .andOn('last.started_at', 'cluster_recoveries.started_at'),
    )
    .select('cluster_recoveries.*');
  return new Map(rows.map(row => [row.cluster, buildRecovery(row)]));
}

/** Reads the recoveries of a cluster, newest first. */
export async function readRecoveries(
  knex: Knex,
  cluster: string,
): Promise<ClusterRecovery[]> {
  const rows: RecoveryRow[] = await knex('cluster_recoveries')
    .where({ cluster })
    .orderBy('started_at', 'desc')
    .limit(MOST_RECOVERIES);
  return rows.map(buildRecovery);
}
