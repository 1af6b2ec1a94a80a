import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Change, ChangeHub } from '../../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { decideFollowing } from './decideFollowing';
import { readFollowing } from './readFollowing';
import { writeFollowing } from './writeFollowing';

export interface FollowServiceOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  /** The steps of promotion. */
  environments: string[];
  /** So long a cluster may say that a release fails before the request does. */
  failAfterMs: number;
  /** So long every cluster has to come to run it. */
  deadlineMs: number;
  intervalMs?: number;
  leaseTtlMs?: number;
  now?: () => number;
}

const INTERVAL_MS = 5_000;
const MAX_BACKOFF_MS = 30_000;

const WAKES: ReadonlySet<Change['kind']> = new Set([
  'cluster-services',
  'clusters',
  'requests',
  'services',
]);

/**
 * Follows committed requests into the clusters, on one replica at a time, until
 * each runs everywhere, fails, or runs out of time.
 */
export class FollowService {
  readonly #options: FollowServiceOptions;
  readonly #loop: LeasedLoop;
  #unsubscribe?: () => void;

  constructor(options: FollowServiceOptions) {
    this.#options = options;
    this.#loop = new LeasedLoop({
      ...options,
      name: `following:${options.repository}`,
      intervalMs: options.intervalMs ?? INTERVAL_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Following release requests into clusters failed',
      recovered: 'Release requests are followed again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    this.#loop.start();
    this.#unsubscribe = this.#options.hub.subscribeGathered(changes => {
      if (changes.some(({ kind }) => WAKES.has(kind))) this.#loop.wake();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
  }

  async #round({ signal, transact, fault }: LeasedRound) {
    const { knex, hub, repository, environments } = this.#options;
    const { failAfterMs, deadlineMs } = this.#options;
    const now = this.#options.now?.() ?? Date.now();
    let written = 0;
    for (const facts of await readFollowing(knex, repository, environments)) {
      if (signal.aborted) break;
      const { request } = facts;
      const decision = decideFollowing({
        ...facts,
        now,
        failAfterMs,
        deadlineMs,
      });
      if (!decision.changed && !decision.end) continue;
      try {
        const isWritten = await transact(tx =>
          writeFollowing(tx, request, decision, now),
        );
        if (isWritten) written += 1;
      } catch (error) {
        // One that can't be written may not keep the others from it.
        fault(error);
      }
    }
    if (written > 0) await hub.publish({ kind: 'requests' });
  }
}
