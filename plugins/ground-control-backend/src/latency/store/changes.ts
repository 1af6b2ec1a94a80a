import { Knex } from 'knex';
import { ChangesRow } from './types';

/**
 * Counts that something is written of the links from clusters. Belongs into the
 * transaction that writes it, and never goes back: whoever read the count
 * before the links has them at least as new.
 */
export async function countChanges(
  tx: Knex,
  clusters: Iterable<string>,
): Promise<void> {
  const names = [...new Set(clusters)].sort();
  if (names.length === 0) return;
  await tx.raw(
    `insert into latency_changes (from_cluster, changes) values ${names
      .map(() => '(?, 1)')
      .join(
        ', ',
      )} on conflict (from_cluster) do update set changes = latency_changes.changes + 1`,
    names,
  );
}

/** Counts that something is written of all links, by whoever they were written. */
export async function countChangesOfAll(tx: Knex): Promise<void> {
  // Without the condition SQLite takes "on" for that of a join.
  await tx.raw(
    `insert into latency_changes (from_cluster, changes) select distinct from_cluster, 1 from latency_pairs where true on conflict (from_cluster) do update set changes = latency_changes.changes + 1`,
  );
}

export async function readChanges(knex: Knex): Promise<ChangesRow[]> {
  return knex('latency_changes').select().orderBy('from_cluster');
}
