import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import type { Transact } from '../gitops/ingest/RepositoryIngest';
import { lockRepository } from '../gitops/store/lockRepository';
import { ChangeHub } from '../lib/ChangeHub';
import { Lease } from '../lib/Lease';
import { Loop, RoundResult } from '../lib/Loop';
import { HistoryRound, HistoryRoundOptions } from './HistoryRound';
import { RetryBook } from './RetryBook';

export interface SourceHistoryServiceOptions
  extends Omit<
    HistoryRoundOptions,
    'transact' | 'onWritten' | 'onSourceFault' | 'retries' | 'now'
  > {
  hub: ChangeHub;
  logger: LoggerService;
  /** How often all services are looked at; news of one is looked at at once. */
  pollIntervalMs: number;
  /** How long news are gathered; ingest writes many in a row. */
  gatherMs?: number;
  /**
   * How long the first round waits: a backend that starts has more urgent
   * things to read than how many commits lie between two builds.
   */
  firstAfterMs?: number;
}

/** With a third of it between renewals, a dead holder is replaced in 14 s. */
const LEASE_TTL_MS = 10_000;
const MAX_BACKOFF_MS = 10 * 60_000;
const MAX_SERVICE_BACKOFF_MS = 60 * 60_000;
const GATHER_MS = 2_000;

/**
 * Asks services' source histories in the background, on one replica at a time,
 * which commits builds contain and how many lie between environments.
 */
export class SourceHistoryService {
  readonly #options: SourceHistoryServiceOptions;
  readonly #lease: Lease;
  readonly #loop: Loop;
  readonly #retries: RetryBook;
  /** What changed since it was last looked at. */
  #dirty = new Map<string, ServiceRef>();
  #allDirty = true;
  #lookedAtAllAt = 0;
  #said?: string;
  #timer?: NodeJS.Timeout;
  #firstAt = 0;
  #first?: NodeJS.Timeout;
  #unsubscribe?: () => void;

  constructor(options: SourceHistoryServiceOptions) {
    this.#options = options;
    const { knex, logger, repository, pollIntervalMs } = options;
    const onError = (error: unknown) => {
      const why = isError(error) ? error.message : 'unknown error';
      // A database that is down all night is one line.
      if (why === this.#said) return;
      this.#said = why;
      logger.warn(`Reading source histories failed and is tried again: ${why}`);
    };
    this.#retries = new RetryBook({
      intervalMs: pollIntervalMs,
      maxBackoffMs: MAX_SERVICE_BACKOFF_MS,
    });
    this.#lease = new Lease({
      knex,
      name: `source-history:${repository}`,
      holder: randomUUID(),
      ttlMs: LEASE_TTL_MS,
      onGained: () => this.#loop.wake(),
      onError,
    });
    this.#loop = new Loop({
      work: signal => this.#round(signal),
      intervalMs: pollIntervalMs,
      maxBackoffMs: Math.max(MAX_BACKOFF_MS, pollIntervalMs),
      onError,
    });
  }

  start(): void {
    const { firstAfterMs = 0 } = this.#options;
    this.#firstAt = Date.now() + firstAfterMs;
    this.#first = setTimeout(() => this.#loop.wake(), firstAfterMs);
    this.#lease.start();
    this.#loop.start();
    this.#unsubscribe = this.#options.hub.subscribe(change => {
      if (change.kind !== 'services') return;
      if (change.services === 'all') this.#allDirty = true;
      else {
        change.services.forEach(ref =>
          this.#dirty.set(formatServiceRef(ref), ref),
        );
      }
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#loop.wake();
      }, this.#options.gatherMs ?? GATHER_MS);
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    clearTimeout(this.#timer);
    clearTimeout(this.#first);
    await this.#loop.stop();
    await this.#options.history.close?.();
    await this.#lease.stop().catch(() => {});
  }

  async #round(signal: AbortSignal): Promise<RoundResult> {
    const { epoch } = this.#lease;
    const now = Date.now();
    if (epoch === undefined || now < this.#firstAt) return 'done';
    const all =
      this.#allDirty ||
      now - this.#lookedAtAllAt >= this.#options.pollIntervalMs;
    const dirty = this.#dirty;
    this.#dirty = new Map();
    this.#allDirty = false;
    let isUp = false;
    try {
      isUp = await this.#createRound(epoch).run(
        signal,
        all ? undefined : [...dirty.values()],
      );
    } finally {
      // What wasn't looked at to the end is looked at with all the others.
      if (!isUp) this.#allDirty = true;
    }
    if (all && isUp) this.#lookedAtAllAt = now;
    if (isUp && this.#said) {
      this.#options.logger.info('Source histories can be read again');
      this.#said = undefined;
    }
    return isUp ? 'done' : 'failed';
  }

  #createRound(epoch: number): HistoryRound {
    const { hub, logger, history } = this.#options;
    return new HistoryRound({
      ...this.#options,
      transact: this.#transactUnder(epoch),
      retries: this.#retries,
      now: Date.now,
      onWritten: services => hub.publish({ kind: 'services', services }),
      onSourceFault: async () => {
        logger.info(
          `Whether services' repositories (${history.label}) can be read has changed; the problems of the repository say how`,
        );
        await hub.publish({ kind: 'repository' });
      },
    });
  }

  #transactUnder(epoch: number): Transact {
    const { knex, repository } = this.#options;
    return work =>
      knex.transaction(async tx => {
        await this.#lease.check(tx, epoch);
        await lockRepository(tx, repository);
        return work(tx);
      });
  }
}
