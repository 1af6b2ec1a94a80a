import { Knex } from 'knex';
import { Failure, Watch } from './types';

/** A service in an environment, as rows name it. */
export interface Place {
  repository: string;
  environment: string;
  namespace: string;
  service: string;
}

/**
 * Reads what clusters reported of releases, by their commits: after a rewritten
 * history a position is another release's.
 */
export async function readFailures(
  knex: Knex,
  place: Place,
  revisions: string[],
): Promise<Map<string, Failure[]>> {
  const rows = await knex('release_failures')
    .where({ ...place })
    .whereIn('revision', revisions)
    .select('revision', 'since', 'until', 'recovered');
  const found = new Map<string, Failure[]>();
  for (const row of rows) {
    const failure: Failure = {
      since: Number(row.since),
      ...(row.until !== null && { until: Number(row.until) }),
      recovered: Boolean(row.recovered),
    };
    const known = found.get(row.revision);
    if (known) known.push(failure);
    else found.set(row.revision, [failure]);
  }
  return found;
}

/** Reads when releases were first seen to run, by their commits. */
export async function readArrivals(
  knex: Knex,
  place: Place,
  revisions: string[],
): Promise<Map<string, number>> {
  const rows = await knex('release_arrivals')
    .where({ ...place })
    .whereIn('revision', revisions)
    .select('revision', 'since');
  return new Map<string, number>(
    rows.map(row => [row.revision, Number(row.since)]),
  );
}

/** Reads when clusters of an environment were watched, since a moment. */
export async function readWatches(
  knex: Knex,
  environment: string,
  since: number,
): Promise<Watch[]> {
  const rows = await knex('cluster_watches as w')
    .leftJoin('clusters as c', 'c.cluster', 'w.cluster')
    .where('w.environment', environment)
    .andWhere(open => open.whereNull('w.until').orWhere('w.until', '>', since))
    .orderBy('w.since')
    .select('w.cluster', 'w.since', 'w.until', 'c.observed_at');
  return rows.map(row => ({
    cluster: row.cluster,
    since: Number(row.since),
    // One that goes on is as old as what the cluster said last.
    until: Number(row.until ?? row.observed_at ?? row.since),
  }));
}
