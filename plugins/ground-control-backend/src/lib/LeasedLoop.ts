import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { Lease } from './Lease';
import { Loop, RoundResult } from './Loop';

/** A round of work that only the holder of the lease does. */
export interface LeasedRound {
  /** Grows with each new holder. */
  epoch: number;
  /** Aborted when the work is to end. */
  signal: AbortSignal;
  /** A transaction that fails where the lease was lost meanwhile. */
  transact<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T>;
  /**
   * A part of the round failed, and the rest goes on; it is said as a thrown
   * error is, and the next round comes later.
   */
  fault(error: unknown): void;
}

export interface LeasedLoopOptions {
  knex: Knex;
  logger: LoggerService;
  /** Of the lease. */
  name: string;
  intervalMs: number;
  /** The longest wait after failures. */
  maxBackoffMs: number;
  /** With a third of it between renewals, a dead holder is replaced in 14 s. */
  leaseTtlMs?: number;
  /** What the log says when it fails, such as `Telling squads failed`. */
  failed: string;
  /** And when it works again, such as `Squads can be told again`. */
  recovered: string;
  work: (round: LeasedRound) => Promise<RoundResult | void>;
}

const LEASE_TTL_MS = 10_000;

/**
 * Does work again and again, in one process of several: the one that holds the
 * lease. What is away all night is one line in the log, and another when it is
 * back.
 */
export class LeasedLoop {
  readonly #options: LeasedLoopOptions;
  readonly #lease: Lease;
  readonly #loop: Loop;
  #said?: string;

  constructor(options: LeasedLoopOptions) {
    this.#options = options;
    const { knex, name, intervalMs, maxBackoffMs, leaseTtlMs } = options;
    const onError = (error: unknown) => this.#say(error);
    this.#lease = new Lease({
      knex,
      name,
      holder: randomUUID(),
      ttlMs: leaseTtlMs ?? LEASE_TTL_MS,
      onGained: () => this.#loop.wake(),
      onError,
    });
    this.#loop = new Loop({
      work: signal => this.#round(signal),
      intervalMs,
      maxBackoffMs: Math.max(maxBackoffMs, intervalMs),
      onError,
    });
  }

  /** It failed, and didn't succeed since. */
  get isFailing(): boolean {
    return this.#said !== undefined;
  }

  start(): void {
    this.#lease.start();
    this.#loop.start();
  }

  /** Begins the next round at once, or right after the present one. */
  wake(): void {
    this.#loop.wake();
  }

  /**
   * Ends the present round, and lets go of the lease.
   *
   * @param beforeLeaving - done in between, while nobody else has the lease
   */
  async stop(beforeLeaving?: () => Promise<void>): Promise<void> {
    await this.#loop.stop();
    await beforeLeaving?.();
    await this.#lease.stop().catch(() => {});
  }

  async #round(signal: AbortSignal): Promise<RoundResult> {
    const { epoch } = this.#lease;
    if (epoch === undefined) return 'done';
    let faults = 0;
    const result = await this.#options.work({
      epoch,
      signal,
      transact: work =>
        this.#options.knex.transaction(async tx => {
          await this.#lease.check(tx, epoch);
          return work(tx);
        }),
      fault: error => {
        faults += 1;
        this.#say(error);
      },
    });
    if (faults > 0 || result === 'failed') return 'failed';
    if (!signal.aborted && this.#said !== undefined) {
      this.#said = undefined;
      this.#options.logger.info(this.#options.recovered);
    }
    return 'done';
  }

  #say(error: unknown) {
    const why = isError(error) ? error.message : 'unknown error';
    if (why === this.#said) return;
    this.#said = why;
    this.#options.logger.warn(
      `${this.#options.failed} and is tried again: ${why}`,
    );
  }
}
