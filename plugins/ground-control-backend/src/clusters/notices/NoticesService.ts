import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
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
  readonly #loop: LeasedLoop;

  constructor(options: NoticesServiceOptions) {
    this.#options = options;
    this.#loop = new LeasedLoop({
      ...options,
      name: `notices:${options.repository}`,
      intervalMs: options.intervalMs ?? INTERVAL_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Telling squads of releases failed',
      recovered: 'Squads can be told of releases again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #round({ signal, transact, fault }: LeasedRound) {
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
      if (signal.aborted) return;
      if (step.tell) {
        if (told >= MOST_TOLD || failed >= MOST_FAILED) continue;
        told += 1;
        try {
          await this.#tell(step);
        } catch (error) {
          // One that can't be told may not keep the others from it.
          failed += 1;
          fault(error);
          continue;
        }
      }
      await transact(tx => this.#note(tx, step));
    }
  }

  async #tell({ before, after, tell, why }: NoticeStep) {
    const notice = after ?? before;
    if (!notice?.squadRef || !tell) return;
    await this.#options.notifications.send({
      recipients: { type: 'entity', entityRef: notice.squadRef },
      payload: formatNotice(notice, tell, why),
    });
  }

  async #note(tx: Knex, { before, after }: NoticeStep) {
    const { repository } = this.#options;
    if (after) await writeNotice(tx, repository, after);
    else if (before) await deleteNotice(tx, repository, before);
  }
}
