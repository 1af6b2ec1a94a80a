import { Knex } from 'knex';
import {
  ConnectionRow,
  deriveConnectionState,
  parseConnection,
} from '../deriveConnectionState';
import { queryJudged } from './queryJudged';
import { readRecovering } from './readRecovering';
import { Unwell } from './types';

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
    'since',
    'observed_at',
  );
  const isLive = (row: ConnectionRow) =>
    deriveConnectionState(parseConnection(row), now) === 'live';
  const unheard = new Set<string>([
    ...clusters.filter(one => !isLive(one)).map(one => one.cluster),
    ...(await readRecovering(knex, now)),
  ]);
  const rows = await queryJudged(knex, repository)
    .leftJoin('commits as c', {
      'c.repository': 's.repository',
      'c.position': 's.release_position',
    })
    .whereNot('s.state', 'reconciled')
    .select(
      's.release_position',
      'e.position',
      's.state',
      's.since',
      's.reason',
      's.message',
      's.blocked_by',
      'c.revision',
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
      isCurrent: row.release_position === row.position,
      ...(row.revision !== null && { release: row.revision }),
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
