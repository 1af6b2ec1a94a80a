import { Knex } from 'knex';
import { ConflictError } from '@backstage/errors';
import { isSqlite } from './isSqlite';
import { Loop } from './Loop';
import { whileAwake } from './whileAwake';

export interface LeaseOptions {
  knex: Knex;
  /** What it is for; one holder at a time has it. */
  name: string;
  /** This process; different in every process that ever was. */
  holder: string;
  /** How long it lasts unless renewed. */
  ttlMs: number;
  /** Told when this process begins to hold it. */
  onGained?: () => void;
  onError: (error: unknown) => void;
}

/**
 * The right to do work that must happen once, held by one process of several.
 *
 * It counts by the database's clock alone: processes' own clocks differ. Each
 * new holder gets a higher epoch, and every transaction that writes under the
 * lease calls {@link Lease.check}, which locks the lease's row until it
 * commits. So a process that slept through the end of its lease can't write,
 * even when it doesn't know yet that somebody else holds it.
 *
 * SQLite is for one process: there, the last holder is dead by definition and
 * its lease is taken over without waiting for the end of it.
 */
export class Lease {
  readonly #options: LeaseOptions;
  readonly #loop: Loop;
  #epoch?: number;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#loop = new Loop({
      work: () => this.renew(),
      intervalMs: options.ttlMs / 3,
      maxBackoffMs: options.ttlMs / 3,
      onError: error => {
        // Whether it is still ours can't be known; check() tells the writers.
        options.onError(error);
      },
    });
  }

  /** The epoch under which this process may write, while it holds the lease. */
  get epoch(): number | undefined {
    return this.#epoch;
  }

  start(): void {
    this.#loop.start();
  }

  /** Stops renewing and lets go, so that another may take over at once. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    const epoch = this.#epoch;
    this.#epoch = undefined;
    if (epoch !== undefined) {
      const { knex, name, holder } = this.#options;
      await knex('leases').where({ name, holder }).update({ expires_at: 0 });
    }
  }

  /** Takes or renews the lease, where nobody else holds it. */
  async renew(): Promise<void> {
    const { knex, name, holder, ttlMs, onGained } = this.#options;
    const now = nowSql(knex);
    const free = isSqlite(knex)
      ? '1 = 1'
      : `leases.holder = excluded.holder or leases.expires_at < ${now}`;
    await knex.raw(
      `insert into leases (name, holder, epoch, expires_at)
       values (?, ?, 1, ${now} + ?)
       on conflict (name) do update set
         epoch = case when leases.holder = excluded.holder
           then leases.epoch else leases.epoch + 1 end,
         holder = excluded.holder,
         expires_at = excluded.expires_at
       where ${free}`,
      [name, holder, ttlMs],
    );
    const row = await knex('leases').where({ name, holder }).first('epoch');
    const before = this.#epoch;
    this.#epoch = row ? Number(row.epoch) : undefined;
    if (this.#epoch !== undefined && this.#epoch !== before) onGained?.();
  }

  /**
   * Throws a ConflictError unless this process still holds the lease of that
   * epoch, and keeps anybody from taking it until the transaction ends.
   */
  async check(tx: Knex.Transaction, epoch: number): Promise<void> {
    const { name, holder, ttlMs } = this.#options;
    const held = tx('leases')
      .where({ name, holder, epoch })
      .andWhereRaw(`expires_at > ${nowSql(tx)}`);
    // Who sleeps for longer than it lasts may not keep it by that lock.
    const query = whileAwake(tx, held, ttlMs);
    const row = await (isSqlite(tx) ? query : query.forShare()).first('name');
    if (!row) {
      this.#epoch = undefined;
      throw new ConflictError(`The lease ${name} is no longer held`);
    }
  }
}

/** Milliseconds since 1970, by the database's clock. */
function nowSql(knex: Knex): string {
  return isSqlite(knex)
    ? `cast((julianday('now') - 2440587.5) * 86400000 as integer)`
    : `cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;
}
