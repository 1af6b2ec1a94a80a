import { Knex } from 'knex';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { TableShape, writeRows } from '../../database/writeRows';
import type { Transact } from '../../gitops/ingest/RepositoryIngest';
import { PlacedCommit } from '../askHistory';
import { BehindCommits, SourceCommitRow } from '../types';

const sourceCommitShape: TableShape<SourceCommitRow> = {
  table: 'source_commits',
  columns: [
    'repository',
    'namespace',
    'service',
    'source_commit',
    'artifact_id',
    'author',
    'title',
    'committed_at',
  ],
  key: ['repository', 'namespace', 'service', 'source_commit'],
  merge: ['artifact_id', 'author', 'title', 'committed_at'],
};

/** Rows of one transaction. */
const BATCH = 200;

interface Where {
  knex: Knex;
  transact: Transact;
  repository: string;
  service: ServiceRef;
}

function formatWhere({ repository, service }: Where) {
  return {
    repository,
    namespace: service.namespace,
    service: service.name,
  };
}

/**
 * Makes a service's commits those that were placed, in small transactions,
 * each of which can be the last: the digest that says that all are there is
 * written by {@link noteRead}, after them.
 *
 * @returns how many rows changed
 */
export async function writePlaced(
  options: Where,
  placed: PlacedCommit[],
): Promise<number> {
  const { knex, transact } = options;
  const where = formatWhere(options);
  const rows: Array<{ source_commit: string; artifact_id: string }> =
    await knex('source_commits')
      .where(where)
      .select('source_commit', 'artifact_id');
  const before = new Map(rows.map(row => [row.source_commit, row.artifact_id]));
  const news = placed.filter(
    one => before.get(one.source_commit) !== one.artifact_id,
  );
  placed.forEach(one => before.delete(one.source_commit));
  const gone = [...before.keys()];
  for (let at = 0; at < news.length; at += BATCH) {
    const batch = news.slice(at, at + BATCH);
    await transact(tx =>
      writeRows(
        tx,
        sourceCommitShape,
        batch.map(one => ({ ...where, ...one })),
      ),
    );
  }
  for (let at = 0; at < gone.length; at += BATCH) {
    const batch = gone.slice(at, at + BATCH);
    await transact(tx =>
      tx('source_commits')
        .where(where)
        .whereIn('source_commit', batch)
        .delete(),
    );
  }
  return news.length + gone.length;
}

/** Writes how far environments are behind. */
export async function writeBehind(
  tx: Knex,
  options: Where,
  behind: BehindCommits[],
): Promise<void> {
  for (const { environment, from, to, count } of behind) {
    await tx('service_environments')
      .where({ ...formatWhere(options), environment })
      .update({
        behind_commits: count,
        behind_commits_from: from,
        behind_commits_to: to,
      });
  }
}

/** Says which builds the commits were placed in; none when there are none. */
export async function noteRead(
  tx: Knex,
  options: Where,
  digest: string | undefined,
  now: number,
): Promise<void> {
  const where = formatWhere(options);
  if (digest === undefined) {
    await tx('source_services').where(where).delete();
    return;
  }
  await tx('source_services')
    .insert({ ...where, digest, read_at: now })
    .onConflict(['repository', 'namespace', 'service'])
    .merge(['digest', 'read_at']);
}

/** Removes what is known of services that are gone; some at a time. */
export async function forgetGone(
  options: Omit<Where, 'service'>,
): Promise<void> {
  const { knex, repository } = options;
  const gone = await knex('source_services as r')
    .leftJoin('services as s', {
      's.repository': 'r.repository',
      's.namespace': 'r.namespace',
      's.service': 'r.service',
      's.in_repository': knex.raw('?', [true]),
    })
    .where('r.repository', repository)
    .whereNull('s.service')
    .limit(20)
    .select('r.namespace', 'r.service');
  for (const row of gone) {
    const service = { namespace: row.namespace, name: row.service };
    const where = { ...options, service };
    await writePlaced(where, []);
    await options.transact(tx => noteRead(tx, where, undefined, 0));
  }
}
