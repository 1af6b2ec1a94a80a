import { Knex } from 'knex';

/**
 * A cluster that is bootstrapped anew has every service on its way, which is
 * told once, on its own page. One that takes longer than the hour that is its
 * goal is as any other.
 */
const RECOVERY_MS = 60 * 60_000;

/** Reads which clusters are being bootstrapped anew. */
export async function readRecovering(
  knex: Knex,
  now: number,
): Promise<Set<string>> {
  // One that another rebuild cut short never ends: only the newest counts.
  const newest = new Map(
    (
      await knex('cluster_recoveries')
        .where('started_at', '>', now - RECOVERY_MS)
        .orderBy('started_at')
        .select('cluster', 'all_ready_at')
    ).map(one => [one.cluster as string, one]),
  );
  return new Set(
    [...newest.values()]
      .filter(one => one.all_ready_at === null)
      .map(one => one.cluster),
  );
}
