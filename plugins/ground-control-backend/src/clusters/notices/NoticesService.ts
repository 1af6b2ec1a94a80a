import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Lease } from '../../lib/Lease';
import { Loop, RoundResult } from '../../lib/Loop';
import { decideNotices } from './decideNotices';
import { formatNotice } from './formatNotice';
import { deleteNotice, readNotices, writeNotice } from './noticeRows';
import { readUnwell } from './readUnwell';
import { NoticeStep } from './types';

export interface NoticesServiceOptions {
  knex: Knex;
  logger: LoggerService;
  repository: string;
  notifications: NotificationService;
  /** What passes sooner isn't told. */
  flapMs: number;
  /** How long a release may wait, or roll out, before it counts as stuck. */
  stuckMs: number;
  intervalMs?: number;
  leaseTtlMs?: number;
  now?: () => number;
}

const INTERVAL_MS = 5_000;
const MAX_BACKOFF_MS = 60_000;
const LEASE_TTL_MS = 10_000;
/** Of one round; a whole cluster that fails is told in some. */
const MOST_TOLD = 100;
/** So many in a round, and it isn't the one notice that is at fault. */
const MOST_FAILED = 3;

/**
 * Tells squads of releases that fail, drift or are stuck: once when it lasts,
 * and once when it is over. What was told stands in the database, so that
 * neither a restart nor another replica tells it again.
 *
 * A notification is sent before it is noted: a process that dies in between
 * sends it twice, and the second takes the place of the first.
 */
export class NoticesService {
  readonly #options: NoticesServiceOptions;
  readonly #lease: Lease;
  readonly #loop: Loop;
  #saidFault?: string;

  constructor(options: NoticesServiceOptions) {
    this.#options = options;
    const { knex, repository } = options;
    const intervalMs = options.intervalMs ?? INTERVAL_MS;
    const onError = (error: unknown) => this.#onError(error);
    this.#lease = new Lease({
      knex,
      name: `notices:${repository}`,
      holder: randomUUID(),
      ttlMs: options.leaseTtlMs ?? LEASE_TTL_MS,
      onGained: () => this.#loop.wake(),
      onError,
    });
    this.#loop = new Loop({
      work: signal => this.#round(signal),
      intervalMs,
      maxBackoffMs: Math.max(MAX_BACKOFF_MS, intervalMs),
      onError,
    });
  }

  start(): void {
    this.#lease.start();
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#lease.stop().catch(() => {});
  }

  async #round(signal: AbortSignal): Promise<RoundResult> {
    const { epoch } = this.#lease;
    if (epoch === undefined) return 'done';
    const { knex, repository, flapMs, stuckMs } = this.#options;
    const now = this.#options.now?.() ?? Date.now();
    const { unwell, unheard } = await readUnwell(knex, repository, now);
    const notices = await readNotices(knex, repository);
    const steps = decideNotices({
      notices,
      unwell,
      unheard,
      now,
      flapMs,
      stuckMs,
    });
    let told = 0;
    let failed = 0;
    for (const step of steps) {
      if (signal.aborted) return 'done';
      if (step.tell) {
        if (told >= MOST_TOLD || failed >= MOST_FAILED) continue;
        told += 1;
        try {
          await this.#tell(step);
        } catch (error) {
          // One that can't be told may not keep the others from it.
          failed += 1;
          this.#onError(error);
          continue;
        }
      }
      await this.#note(step, epoch);
    }
    if (failed > 0) return 'failed';
    if (this.#saidFault) {
      this.#options.logger.info('Squads can be told of releases again');
      this.#saidFault = undefined;
    }
    return 'done';
  }

  async #tell({ before, after, tell, why }: NoticeStep) {
    const notice = after ?? before;
    if (!notice?.squadRef || !tell) return;
    await this.#options.notifications.send({
      recipients: { type: 'entity', entityRef: notice.squadRef },
      payload: formatNotice(notice, tell, why),
    });
  }

  async #note({ before, after }: NoticeStep, epoch: number) {
    const { knex, repository } = this.#options;
    await knex.transaction(async tx => {
      await this.#lease.check(tx, epoch);
      if (after) await writeNotice(tx, repository, after);
      else if (before) await deleteNotice(tx, repository, before);
    });
  }

  #onError(error: unknown) {
    const why = isError(error) ? error.message : 'unknown error';
    // What is away all night is one line.
    if (why === this.#saidFault) return;
    this.#saidFault = why;
    this.#options.logger.warn(
      `Telling squads of releases failed and is tried again: ${why}`,
    );
  }
}
