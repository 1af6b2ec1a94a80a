import { LoggerService } from '@backstage/backend-plugin-api';
import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { lockRepository } from '../gitops/store/lockRepository';
import { ChangeHub } from '../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../lib/LeasedLoop';
import { RoundResult } from '../lib/Loop';
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

const MAX_BACKOFF_MS = 10 * 60_000;
const MAX_SERVICE_BACKOFF_MS = 60 * 60_000;
const GATHER_MS = 2_000;

/**
 * Asks services' source histories in the background, on one replica at a time,
 * which commits builds contain and how many lie between environments.
 */
export class SourceHistoryService {
  readonly #options: SourceHistoryServiceOptions;
  readonly #loop: LeasedLoop;
  readonly #retries: RetryBook;
  /** What changed since it was last looked at. */
  #dirty = new Map<string, ServiceRef>();
  #allDirty = true;
  #lookedAtAllAt = 0;
  #timer?: NodeJS.Timeout;
  #firstAt = 0;
  #first?: NodeJS.Timeout;
  #unsubscribe?: () => void;

  constructor(options: SourceHistoryServiceOptions) {
    this.#options = options;
    const { repository, pollIntervalMs } = options;
    this.#retries = new RetryBook({
      intervalMs: pollIntervalMs,
      maxBackoffMs: MAX_SERVICE_BACKOFF_MS,
    });
    this.#loop = new LeasedLoop({
      ...options,
      name: `source-history:${repository}`,
      intervalMs: pollIntervalMs,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Reading source histories failed',
      recovered: 'Source histories can be read again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    const { firstAfterMs = 0 } = this.#options;
    this.#firstAt = Date.now() + firstAfterMs;
    this.#first = setTimeout(() => this.#loop.wake(), firstAfterMs);
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
    await this.#loop.stop(async () => this.#options.history.close?.());
  }

  async #round({ signal, transact }: LeasedRound): Promise<RoundResult> {
    const now = Date.now();
    if (now < this.#firstAt) return 'done';
    const all =
      this.#allDirty ||
      now - this.#lookedAtAllAt >= this.#options.pollIntervalMs;
    const dirty = this.#dirty;
    this.#dirty = new Map();
    this.#allDirty = false;
    let isUp = false;
    try {
      isUp = await this.#createRound(transact).run(
        signal,
        all ? undefined : [...dirty.values()],
      );
    } finally {
      // What wasn't looked at to the end is looked at with all the others.
      if (!isUp) this.#allDirty = true;
    }
    if (all && isUp) this.#lookedAtAllAt = now;
    return isUp ? 'done' : 'failed';
  }

  #createRound(transact: LeasedRound['transact']): HistoryRound {
    const { hub, logger, history, repository } = this.#options;
    return new HistoryRound({
      ...this.#options,
      transact: work =>
        transact(async tx => {
          await lockRepository(tx, repository);
          return work(tx);
        }),
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
}
