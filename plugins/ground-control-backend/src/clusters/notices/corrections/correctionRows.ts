import { Knex } from 'knex';
import { subjectColumns } from '../subjects';
import { CorrectionNotice } from './types';

/** What is known of corrections, and whether squads were told. */
export async function readCorrectionNotices(
  knex: Knex,
  repository: string,
): Promise<CorrectionNotice[]> {
  const rows = await knex('correction_notices')
    .where({ repository })
    .select('*');
  return rows.map(row => ({
    environment: row.environment,
    namespace: row.namespace,
    service: row.service,
    seen: JSON.parse(row.seen),
    ...(row.last_at !== null && { lastAt: Number(row.last_at) }),
    ...(row.told_at !== null && { toldAt: Number(row.told_at) }),
  }));
}

/** Writes what is known of one. Pair of {@link readCorrectionNotices}. */
export async function writeCorrectionNotice(
  tx: Knex,
  repository: string,
  notice: CorrectionNotice,
): Promise<void> {
  const key = subjectColumns(repository, notice);
  await tx('correction_notices')
    .insert({
      ...key,
      seen: JSON.stringify(notice.seen),
      last_at: notice.lastAt ?? null,
      told_at: notice.toldAt ?? null,
    })
    .onConflict(Object.keys(key))
    .merge();
}

/** Forgets what keeps nobody from being told. */
export async function deleteCorrectionNotice(
  tx: Knex,
  repository: string,
  notice: CorrectionNotice,
): Promise<void> {
  await tx('correction_notices')
    .where(subjectColumns(repository, notice))
    .delete();
}
