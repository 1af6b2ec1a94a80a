import { Knex } from 'knex';

type Value = string | number | boolean | null;

/** A table as it is written: its columns in order, and what makes a row one. */
export interface TableShape<Row> {
  table: string;
  columns: Array<keyof Row & string>;
  key: Array<keyof Row & string>;
  /** What is written over an existing row; nothing when empty. */
  merge: Array<keyof Row & string>;
}

// Far below what either database takes in one statement (32,766 variables in
// SQLite), because SQLite blocks the process for as long as a statement lasts.
const MAX_VARIABLES = 4_000;

/** Cuts rows into pieces that one statement can hold. */
export function chunkRows<Row>(rows: Row[], columns: number): Row[][] {
  const size = Math.max(1, Math.floor(MAX_VARIABLES / columns));
  const chunks = [];
  for (let at = 0; at < rows.length; at += size) {
    chunks.push(rows.slice(at, at + size));
  }
  return chunks;
}

/**
 * Inserts rows, many in one statement, or updates those that exist. Two rows
 * of one call may not have the same key. Idempotent.
 */
export async function writeRows<Row extends object>(
  tx: Knex,
  shape: TableShape<Row>,
  rows: Row[],
): Promise<void> {
  const { table, columns, key, merge } = shape;
  const onConflict =
    merge.length === 0
      ? 'do nothing'
      : `do update set ${merge
          .map(column => `${column} = excluded.${column}`)
          .join(', ')}`;
  const one = `(${columns.map(() => '?').join(',')})`;
  for (const chunk of chunkRows(rows, columns.length)) {
    await tx.raw(
      `insert into ${table} (${columns.join(', ')}) values ${chunk
        .map(() => one)
        .join(',')} on conflict (${key.join(', ')}) ${onConflict}`,
      chunk.flatMap(row => columns.map(column => row[column] as Value)),
    );
  }
}
