import { Knex } from 'knex';
import { subjectColumns } from './subjects';
import { Notice } from './types';

const time = (value: unknown) => (value === null ? undefined : Number(value));

/** What squads were told and isn't over, and what is about to be told. */
export async function readNotices(
  knex: Knex,
  repository: string,
): Promise<Notice[]> {
  const rows = await knex('cluster_notices').where({ repository }).select('*');
  return rows.map(row => {
    const toldAt = time(row.told_at);
    const newerSince = time(row.newer_since);
    const overSince = time(row.over_since);
    return {
      environment: row.environment,
      namespace: row.namespace,
      service: row.service,
      kind: row.kind,
      since: Number(row.since),
      clusters: JSON.parse(row.clusters),
      ...(row.squad_ref !== null && { squadRef: row.squad_ref }),
      ...(toldAt !== undefined && { toldAt }),
      ...(row.release_revision !== null && { release: row.release_revision }),
      ...(newerSince !== undefined && { newerSince }),
      ...(overSince !== undefined && { overSince }),
    };
  });
}

const keyOf = (repository: string, notice: Notice) => ({
  ...subjectColumns(repository, notice),
  kind: notice.kind,
});

/** Writes a notice. Pair of {@link readNotices}. */
export async function writeNotice(
  tx: Knex,
  repository: string,
  notice: Notice,
): Promise<void> {
  const key = keyOf(repository, notice);
  await tx('cluster_notices')
    .insert({
      ...key,
      squad_ref: notice.squadRef ?? null,
      since: notice.since,
      clusters: JSON.stringify(notice.clusters),
      told_at: notice.toldAt ?? null,
      release_revision: notice.release ?? null,
      newer_since: notice.newerSince ?? null,
      over_since: notice.overSince ?? null,
    })
    .onConflict(Object.keys(key))
    .merge();
}

/** Forgets a notice that is over. */
export async function deleteNotice(
  tx: Knex,
  repository: string,
  notice: Notice,
): Promise<void> {
  await tx('cluster_notices').where(keyOf(repository, notice)).delete();
}
