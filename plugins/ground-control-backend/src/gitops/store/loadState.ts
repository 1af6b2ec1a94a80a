import { Knex } from 'knex';
import { KnownState } from '../ingest/KnownState';
import { ProblemRow, ServiceEnvironmentRow } from '../types';

/** Names that are asked for at a time. */
const CHUNK = 500;

/**
 * Reads back what ingest knew when it last wrote, but for services: those come
 * with {@link loadServices}, as commits are about them.
 */
export async function loadState(
  knex: Knex,
  repository: string,
): Promise<KnownState> {
  const problems: ProblemRow[] = await knex('problems')
    .where({ repository })
    .whereNotNull('position')
    .select('*');
  return new KnownState(
    problems.map(row => ({ ...row, since: Number(row.since) })),
  );
}

/** Adds what the tables say of services, by their names. */
export async function loadServices(
  knex: Knex,
  repository: string,
  known: KnownState,
  names: Iterable<string>,
): Promise<void> {
  const wanted = known.findUnloaded(names);
  for (let at = 0; at < wanted.length; at += CHUNK) {
    const chunk = wanted.slice(at, at + CHUNK);
    const rows: ServiceEnvironmentRow[] = await knex('service_environments')
      .where({ repository })
      .whereIn('service', chunk)
      .select('*');
    known.load(
      chunk,
      rows.map(row => ({
        ...row,
        removed: Boolean(row.removed),
        released_at: Number(row.released_at),
      })),
    );
  }
}
