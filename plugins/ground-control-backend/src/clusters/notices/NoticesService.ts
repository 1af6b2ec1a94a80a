import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { gatherCorrections } from './corrections/gatherCorrections';
import { gatherTroubles } from './gatherTroubles';
import { Telling } from './types';
import { gatherUnreadClusters } from './unread/gatherUnreadClusters';

export interface NoticesServiceOptions {
  knex: Knex;
  logger: LoggerService;
  repository: string;
  notifications: NotificationService;
  /** What passes sooner isn't told. */
  flapMs: number;
  /** How long a release may wait, or roll out, before it counts as stuck. */
  stuckMs: number;
  /** A cluster that can't be read for less isn't told. */
  unreadMs: number;
  /** Entity ref of the Group that is told of clusters. */
  platformEngineers?: string;
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
 * Tells squads of releases that fail, drift or are stuck, and of drift that
 * Flux corrected; and platform engineers of clusters that can't be read. Each
 * once when it lasts, and once when it is over. What was told stands in the
 * database, so that neither a restart nor another replica tells it again.
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
      failed: 'Telling of releases and clusters failed',
      recovered: 'Releases and clusters can be told of again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #round(round: LeasedRound) {
    const options = this.#options;
    const context = { ...options, now: options.now?.() ?? Date.now() };
    const counts = { told: 0, failed: 0 };
    // Clusters first: they are few, and most else may follow from them.
    for (const gather of [
      () => gatherUnreadClusters(context, options),
      () => gatherTroubles(context, options),
      () => gatherCorrections(context),
    ]) {
      let tellings: Telling[] = [];
      try {
        tellings = await gather();
      } catch (error) {
        // What can't be told of one may not keep the others from it.
        round.fault(error);
      }
      await this.#tellAll(tellings, round, counts);
    }
  }

  async #tellAll(
    tellings: Telling[],
    { signal, transact, fault }: LeasedRound,
    counts: { told: number; failed: number },
  ) {
    for (const { send, note } of tellings) {
      if (signal.aborted) return;
      if (send) {
        if (counts.told >= MOST_TOLD || counts.failed >= MOST_FAILED) continue;
        counts.told += 1;
        try {
          await this.#options.notifications.send(send);
        } catch (error) {
          // One that can't be told may not keep the others from it.
          counts.failed += 1;
          fault(error);
          continue;
        }
      }
      await transact(note);
    }
  }
}
