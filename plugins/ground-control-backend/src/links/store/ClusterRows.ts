import { Knex } from 'knex';
import { writeRows } from '../../database/writeRows';
import { ClusterTable, Row } from './tables';

/** Rows of one transaction: SQLite blocks the process for as long as it takes. */
const ROWS_OF_A_TRANSACTION = 300;
/** Each is a condition of its own. */
const REMOVALS_OF_A_STATEMENT = 100;

type Transact = (
  work: (tx: Knex.Transaction) => Promise<void>,
) => Promise<void>;

/**
 * The rows that a cluster has in a table, known by heart, which is right while
 * nobody else writes them: what is brought is written where it differs.
 */
export class ClusterRows<T> {
  readonly #cluster: string;
  readonly #table: ClusterTable<T>;
  /** What a row says, by its key. */
  readonly #known = new Map<string, string>();

  private constructor(cluster: string, table: ClusterTable<T>, rows: T[]) {
    this.#cluster = cluster;
    this.#table = table;
    for (const one of rows) {
      const row = table.format(one);
      this.#known.set(this.#keyOf(row), this.#say(row));
    }
  }

  /** Reads what was written last. */
  static async load<T>(
    knex: Knex,
    cluster: string,
    table: ClusterTable<T>,
  ): Promise<ClusterRows<T>> {
    return new ClusterRows(cluster, table, await table.read(knex, { cluster }));
  }

  /**
   * Makes the rows what is given, and no more. Of two with the same key the
   * first counts.
   *
   * @returns whether anything changed
   */
  async bring(wanted: T[], transact: Transact): Promise<boolean> {
    const rows = new Map<string, Row>();
    for (const one of wanted) {
      const row = this.#table.format(one);
      const key = this.#keyOf(row);
      if (!rows.has(key)) rows.set(key, row);
    }
    const gone = [...this.#known.keys()].filter(key => !rows.has(key));
    const changed = [...rows].filter(
      ([key, row]) => this.#known.get(key) !== this.#say(row),
    );
    for (const keys of cut(gone)) {
      await transact(tx => this.#remove(tx, keys));
      for (const key of keys) this.#known.delete(key);
    }
    for (const some of cut(changed)) {
      await transact(tx =>
        writeRows(
          tx,
          this.#table.shape,
          some.map(([, row]) => row),
        ),
      );
      for (const [key, row] of some) this.#known.set(key, this.#say(row));
    }
    return gone.length > 0 || changed.length > 0;
  }

  async #remove(tx: Knex.Transaction, keys: string[]) {
    const { table } = this.#table.shape;
    const columns = this.#keyColumns;
    const own = () => tx(table).where({ cluster: this.#cluster });
    if (columns.length === 0) {
      await own().delete();
      return;
    }
    for (let at = 0; at < keys.length; at += REMOVALS_OF_A_STATEMENT) {
      const some = keys.slice(at, at + REMOVALS_OF_A_STATEMENT);
      await own()
        .whereIn(
          columns,
          some.map(key => key.split('\0')),
        )
        .delete();
    }
  }

  get #keyColumns(): string[] {
    return this.#table.shape.key.filter(column => column !== 'cluster');
  }

  /** Names have no control characters. */
  #keyOf(row: Row): string {
    return this.#keyColumns.map(column => row[column]).join('\0');
  }

  #say(row: Row): string {
    const { merge } = this.#table.shape;
    return JSON.stringify(
      merge
        .filter(column => !this.#table.times.includes(column))
        .map(column => row[column]),
    );
  }
}

function cut<V>(all: V[]): V[][] {
  const pieces = [];
  for (let at = 0; at < all.length; at += ROWS_OF_A_TRANSACTION) {
    pieces.push(all.slice(at, at + ROWS_OF_A_TRANSACTION));
  }
  return pieces;
}
