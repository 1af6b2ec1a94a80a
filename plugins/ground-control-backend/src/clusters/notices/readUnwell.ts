import { Knex } from 'knex';
import { Unwell } from './types';

/** As readers count it: a watcher that is silent for longer may have died. */
const HEARD_OF_MS = 30_000;
/**
 * A cluster that is bootstrapped anew has every service on its way, which is
 * told once, on its own page. One that takes longer than the hour that is its
 * goal is as any other.
 */
const RECOVERY_MS = 60 * 60_000;

/**
 * Reads what isn't reconciled, of releases that are current, and in which
 * clusters nothing can be told: they aren't heard of, or are recovering.
 */
export async function readUnwell(
  knex: Knex,
  repository: string,
  now: number,
): Promise<{ unwell: Unwell[]; unheard: Set<string> }> {
  const clusters = await knex('clusters').select(
    'cluster',
    'connection',
    'observed_at',
  );
  // One that another rebuild cut short never ends: only the newest counts.
  const newest = new Map(
    (
      await knex('cluster_recoveries')
        .where('started_at', '>', now - RECOVERY_MS)
        .orderBy('started_at')
        .select('cluster', 'all_ready_at')
    ).map(one => [one.cluster, one]),
  );
  const unheard = new Set<string>([
    ...clusters
      .filter(
        one =>
          one.connection !== 'live' ||
          now - Number(one.observed_at ?? 0) > HEARD_OF_MS,
      )
      .map(one => one.cluster),
    ...[...newest.values()]
      .filter(one => one.all_ready_at === null)
      .map(one => one.cluster),
  ]);
  const rows = await knex('cluster_services as s')
    .join('service_environments as e', {
      'e.repository': 's.repository',
      'e.environment': 's.environment',
      'e.namespace': 's.namespace',
      'e.service': 's.service',
    })
    .leftJoin('services as o', {
      'o.repository': 's.repository',
      'o.namespace': 's.namespace',
      'o.service': 's.service',
    })
    .where('s.repository', repository)
    .where('e.removed', false)
    .whereNot('s.state', 'reconciled')
    .orderBy('s.cluster')
    .select(
      's.cluster',
      's.environment',
      's.namespace',
      's.service',
      's.state',
      's.since',
      's.reason',
      's.message',
      's.blocked_by',
      'o.squad_ref',
    );
  const unwell = rows
    .filter(row => !unheard.has(row.cluster))
    .map(row => ({
      cluster: row.cluster,
      environment: row.environment,
      namespace: row.namespace,
      service: row.service,
      state: row.state,
      since: Number(row.since),
      why: describe(row),
      ...(row.squad_ref !== null && { squadRef: row.squad_ref }),
    }));
  return { unwell, unheard };
}

function describe(row: {
  reason: string;
  message: string | null;
  blocked_by: string | null;
}): string {
  if (row.blocked_by !== null) {
    const { kind, namespace, name, why } = JSON.parse(row.blocked_by);
    return `blocked by ${kind} ${namespace}/${name}: ${why}`;
  }
  return row.message ?? row.reason;
}
