import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { LinkReadContext } from '../../../latency/reading/types';
import { Change, ChangeHub } from '../../../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../../../lib/LeasedLoop';
import { writeFollowing } from '../../../requests/following/writeFollowing';
import { GatewaySettings } from '../../entries/types';
import { decideAccessFollowing } from './decideAccessFollowing';
import { readFollowedAccess } from './readFollowedAccess';

export interface FollowAccessOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  gateway: GatewaySettings;
  readLinkedPairs: LinkReadContext['readLinkedPairs'];
  /** So long an entry has to come to answer, or to be gone. */
  deadlineMs: number;
  intervalMs?: number;
  leaseTtlMs?: number;
  now?: () => number;
}

/** Another replica may hear of the clusters, or measure the links. */
const INTERVAL_MS = 5_000;
const MAX_BACKOFF_MS = 30_000;

const WAKES: ReadonlySet<Change['kind']> = new Set([
  'clusters',
  'links',
  'requests',
]);

/**
 * Follows committed requests for access into the clusters, on one replica at a
 * time, until what they ask for answers, or is gone, or time runs out.
 */
export class FollowAccess {
  readonly #options: FollowAccessOptions;
  readonly #loop: LeasedLoop;
  #unsubscribe?: () => void;

  constructor(options: FollowAccessOptions) {
    this.#options = options;
    this.#loop = new LeasedLoop({
      ...options,
      name: `following-access:${options.repository}`,
      intervalMs: options.intervalMs ?? INTERVAL_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Following requests for access into clusters failed',
      recovered: 'Requests for access are followed again',
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
    const { deadlineMs, gateway, hub } = this.#options;
    const now = this.#options.now?.() ?? Date.now();
    const context = { ...this.#options, now: new Date(now) };
    let written = 0;
    for (const facts of await readFollowedAccess(context, gateway)) {
      if (signal.aborted) break;
      const { request } = facts;
      const decision = decideAccessFollowing({ ...facts, now, deadlineMs });
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
