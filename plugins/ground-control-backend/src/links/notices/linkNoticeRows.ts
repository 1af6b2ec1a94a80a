import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { LinkNotice, SquadStep } from './types';

/** A row of `link_notices`. */
interface Row {
  squad_ref: string;
  from_cluster: string;
  to_cluster: string;
  state: LinkNotice['state'];
  code: LinkNotice['code'];
  since: number | string;
  calls: number;
  due_since: number | string | null;
  told_state: LinkNotice['state'] | null;
  over_since: number | string | null;
}

const KEY = ['squad_ref', 'from_cluster', 'to_cluster'] as const;
const REST = [
  'state',
  'code',
  'since',
  'calls',
  'due_since',
  'told_state',
  'over_since',
] as const;

const shape: TableShape<Row> = {
  table: 'link_notices',
  columns: [...KEY, ...REST],
  key: [...KEY],
  merge: [...REST],
};

/** What squads were told and isn't over, and what is about to be told. */
export async function readLinkNotices(knex: Knex): Promise<LinkNotice[]> {
  const rows: Row[] = await knex('link_notices').orderBy([...KEY]);
  return rows.map(row => ({
    squadRef: row.squad_ref,
    from: row.from_cluster,
    to: row.to_cluster,
    state: row.state,
    code: row.code,
    since: Number(row.since),
    calls: row.calls,
    ...(row.due_since !== null && { dueSince: Number(row.due_since) }),
    ...(row.told_state !== null && { toldState: row.told_state }),
    ...(row.over_since !== null && { overSince: Number(row.over_since) }),
  }));
}

/** Notes what became of a squad's notices. Pair of {@link readLinkNotices}. */
export async function writeLinkNotices(
  tx: Knex,
  { before, after }: SquadStep,
): Promise<void> {
  const keyOf = ({ squadRef, from, to }: LinkNotice) => ({
    squad_ref: squadRef,
    from_cluster: from,
    to_cluster: to,
  });
  const kept = new Set(after.map(one => JSON.stringify(keyOf(one))));
  for (const notice of before) {
    const key = keyOf(notice);
    if (kept.has(JSON.stringify(key))) continue;
    await tx('link_notices').where(key).delete();
  }
  await writeRows(
    tx,
    shape,
    after.map(
      (notice): Row => ({
        ...keyOf(notice),
        state: notice.state,
        code: notice.code,
        since: notice.since,
        calls: notice.calls,
        due_since: notice.dueSince ?? null,
        told_state: notice.toldState ?? null,
        over_since: notice.overSince ?? null,
      }),
    ),
  );
}
