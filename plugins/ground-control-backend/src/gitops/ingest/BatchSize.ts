import { Knex } from 'knex';

/**
 * Commits of one transaction while others want the database. More would make
 * each commit cheaper, but on SQLite every reader waits for the transaction: at
 * this number it takes some ten milliseconds.
 */
const SHARED_COMMITS = 50;
/** And while nobody does, as when a backend starts. */
const ALONE_COMMITS = 200;
/** Our own loops ask one thing at a time; a page asks for many at once. */
const OWN_QUESTIONS = 3;
/** Who asked a moment ago is likely to ask again. */
const SHARED_FOR_MS = 5_000;

/** How many commits ingest writes at once. */
export class BatchSize {
  readonly #knex: Knex;
  readonly #now: () => number;
  #sharedAt = -Infinity;

  constructor(knex: Knex, now: () => number = Date.now) {
    this.#knex = knex;
    this.#now = now;
  }

  /** For the next transaction. */
  get commits(): number {
    return this.#now() - this.#sharedAt < SHARED_FOR_MS
      ? SHARED_COMMITS
      : ALONE_COMMITS;
  }

  /** To be called within a transaction, where those who wait are seen. */
  look(): void {
    if (this.#knex.client.pool.numPendingAcquires() > OWN_QUESTIONS) {
      this.#sharedAt = this.#now();
    }
  }
}
