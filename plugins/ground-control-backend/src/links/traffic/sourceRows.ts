import { LatencyFaultKind } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { TrafficSource } from './types';

/** How a source answered last. */
export interface TrafficSourceState {
  source: string;
  label: string;
  intervalMs: number;
  state: 'starting' | 'fresh' | LatencyFaultKind;
  reason: string | null;
  since: number;
  readAt: number | null;
  /** Calls beyond what is kept of it. */
  leftOut: number;
}

/** All configured sources, in their order. */
export async function readTrafficSources(
  knex: Knex,
): Promise<TrafficSourceState[]> {
  const rows = await knex('link_traffic_sources').orderBy('ordinal');
  return rows.map(row => ({
    source: row.source,
    label: row.label,
    intervalMs: row.interval_ms,
    state: row.state,
    reason: row.reason,
    since: Number(row.since),
    readAt: row.read_at === null ? null : Number(row.read_at),
    leftOut: row.left_out,
  }));
}

/**
 * Makes the rows of sources those that are configured. Every replica does so
 * when it starts: they have the same config.
 */
export async function syncTrafficSources(
  knex: Knex,
  sources: readonly TrafficSource[],
  now: number,
): Promise<void> {
  const ids = sources.map(({ id }) => id);
  await knex('link_traffic_sources').whereNotIn('source', ids).delete();
  await knex('link_traffic').whereNotIn('source', ids).delete();
  for (const [ordinal, { id, label, intervalMs }] of sources.entries()) {
    await knex('link_traffic_sources')
      .insert({
        source: id,
        ordinal,
        label,
        interval_ms: intervalMs,
        state: 'starting',
        since: now,
        left_out: 0,
      })
      .onConflict('source')
      .merge(['ordinal', 'label', 'interval_ms']);
  }
}

/** Notes that a source answered. */
export async function noteTrafficRead(
  tx: Knex,
  source: string,
  options: { now: number; leftOut: number },
): Promise<void> {
  const { now, leftOut } = options;
  await tx('link_traffic_sources')
    .where({ source })
    .update({
      state: 'fresh',
      reason: null,
      since: tx.raw("case when state = 'fresh' then since else ? end", [now]),
      read_at: now,
      left_out: leftOut,
    });
}

/** Notes that a source didn't answer, and why. */
export async function noteTrafficFault(
  tx: Knex,
  source: string,
  options: { now: number; state: LatencyFaultKind; reason: string },
): Promise<void> {
  const { now, state, reason } = options;
  await tx('link_traffic_sources')
    .where({ source })
    .update({
      state,
      reason,
      since: tx.raw('case when state = ? then since else ? end', [state, now]),
    });
}
