import { Knex } from 'knex';
import { UnreadNotice } from './types';

/** What platform engineers were told and isn't over, and what is about to be told. */
export async function readUnreadNotices(knex: Knex): Promise<UnreadNotice[]> {
  const rows = await knex('unread_clusters').select('*');
  return rows.map(row => ({
    cluster: row.cluster,
    since: Number(row.since),
    notedAt: Number(row.noted_at),
    ...(row.told_at !== null && { toldAt: Number(row.told_at) }),
    ...(row.over_since !== null && { overSince: Number(row.over_since) }),
  }));
}

/** Writes a notice. Pair of {@link readUnreadNotices}. */
export async function writeUnreadNotice(
  tx: Knex,
  notice: UnreadNotice,
): Promise<void> {
  await tx('unread_clusters')
    .insert({
      cluster: notice.cluster,
      since: notice.since,
      noted_at: notice.notedAt,
      told_at: notice.toldAt ?? null,
      over_since: notice.overSince ?? null,
    })
    .onConflict('cluster')
    .merge();
}

/** Forgets a notice that is over. */
export async function deleteUnreadNotice(
  tx: Knex,
  { cluster }: UnreadNotice,
): Promise<void> {
  await tx('unread_clusters').where({ cluster }).delete();
}
