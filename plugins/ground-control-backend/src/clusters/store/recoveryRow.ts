import { Knex } from 'knex';
import { Recovery } from '../decide/decideRecovery';

const time = (value: unknown) =>
  value === null || value === undefined ? undefined : Number(value);

/** The last recovery of a cluster, which may go on. */
export async function readLastRecovery(
  knex: Knex,
  cluster: string,
): Promise<Recovery | undefined> {
  const row = await knex('cluster_recoveries')
    .where({ cluster })
    .orderBy('started_at', 'desc')
    .first('*');
  if (!row) return undefined;
  return {
    startedAt: Number(row.started_at),
    instance: row.instance ?? '',
    apiReachableAt: time(row.api_reachable_at),
    fluxReadyAt: time(row.flux_ready_at),
    firstRevisionAt: time(row.first_revision_at),
    allReadyAt: time(row.all_ready_at),
    ready: row.ready ?? undefined,
    total: row.total ?? undefined,
  };
}

/** Writes how far a recovery has come. */
export async function writeRecovery(
  tx: Knex,
  cluster: string,
  recovery: Recovery,
): Promise<void> {
  await tx('cluster_recoveries')
    .insert({
      cluster,
      started_at: recovery.startedAt,
      instance: recovery.instance,
      api_reachable_at: recovery.apiReachableAt ?? null,
      flux_ready_at: recovery.fluxReadyAt ?? null,
      first_revision_at: recovery.firstRevisionAt ?? null,
      all_ready_at: recovery.allReadyAt ?? null,
      ready: recovery.ready ?? null,
      total: recovery.total ?? null,
    })
    .onConflict(['cluster', 'started_at'])
    .merge();
}
