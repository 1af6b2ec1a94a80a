import { Knex } from 'knex';
import { claimAccess } from './claimAccess';
import { claimRequests } from './claimRequests';
import { tellWaiting } from './tellWaiting';
import { Transact } from './types';

/** Ingest reads a push within a second; so long nobody wonders. */
const TELL_AFTER_MS = 5_000;
const MOST = 500;

/** Knows since when the writer waits for ingest, and says so in time. */
export class IngestWait {
  #since?: number;
  readonly #told = new Set<number>();

  constructor(
    private readonly options: {
      knex: Knex;
      repository: string;
      now(): number;
      tellAfterMs?: number;
    },
  ) {}

  /** It waits now. @returns whether anything was told */
  async wait(transact: Transact): Promise<boolean> {
    const { knex, repository, tellAfterMs = TELL_AFTER_MS } = this.options;
    const now = this.options.now();
    this.#since ??= now;
    if (now - this.#since < tellAfterMs) return false;
    const due = { repository, now, limit: MOST };
    const numbers = [
      ...(await claimRequests(knex, due)),
      ...(await claimAccess(knex, due)),
    ]
      .map(({ number }) => number)
      .filter(number => !this.#told.has(number));
    if (numbers.length === 0) return false;
    const told = await tellWaiting(transact, { repository, numbers, now });
    numbers.forEach(number => this.#told.add(number));
    return told > 0;
  }

  /** It doesn't wait any more. */
  end(): void {
    this.#since = undefined;
    this.#told.clear();
  }
}
