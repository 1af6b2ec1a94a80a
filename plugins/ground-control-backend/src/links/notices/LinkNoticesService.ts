import { isUsedCall } from '@ground-control/backstage-plugin-ground-control-common';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { pairKey } from '../../latency/book/pairKey';
import { LinkReadContext } from '../../latency/reading/types';
import { ChangeHub } from '../../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { decideCalls } from '../calls/decideCalls';
import { readCallFacts } from '../calls/readCallFacts';
import { readCells } from '../calls/readLinkCalls';
import { decideLinkNotices } from './decideLinkNotices';
import { formatLinkNotice } from './formatLinkNotice';
import { readLinkNotices, writeLinkNotices } from './linkNoticeRows';
import { SquadStep } from './types';

export interface LinkNoticesServiceOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  notifications: NotificationService;
  readLinkedPairs: LinkReadContext['readLinkedPairs'];
  intervalMs?: number;
  leaseTtlMs?: number;
  /** The clock; the system's by default. */
  now?: () => number;
}

const INTERVAL_MS = 2_000;
const MAX_BACKOFF_MS = 60_000;
/**
 * Links of a cluster that goes away are seen to break some seconds apart, and
 * one that breaks may be high for some seconds before it is known to be down.
 */
const GATHER_MS = { down: 4_000, high: 15_000 };
const HOLD_MS = 5 * 60_000;
/** So many in a round, and it isn't the one squad that is at fault. */
const MOST_FAILED = 3;

/**
 * Tells squads of links that their calls cross: once when one is down or high,
 * and once when it has been neither for five minutes. What was told stands in
 * the database, so that neither a restart nor another replica tells it again.
 *
 * A notification is sent before it is noted: a process that dies in between
 * sends it twice, and the second takes the place of the first.
 */
export class LinkNoticesService {
  readonly #options: LinkNoticesServiceOptions;
  readonly #loop: LeasedLoop;

  constructor(options: LinkNoticesServiceOptions) {
    this.#options = options;
    this.#loop = new LeasedLoop({
      ...options,
      name: `link-notices:${options.repository}`,
      intervalMs: options.intervalMs ?? INTERVAL_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Telling squads of links failed',
      recovered: 'Squads can be told of links again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #round({ signal, transact, fault }: LeasedRound): Promise<void> {
    const steps = await this.#decide();
    let failed = 0;
    let hasTold = false;
    for (const step of steps) {
      if (signal.aborted) return;
      if (step.tell) {
        if (failed >= MOST_FAILED) continue;
        try {
          await this.#options.notifications.send({
            recipients: { type: 'entity', entityRef: step.squadRef },
            payload: formatLinkNotice(step),
          });
          hasTold = true;
        } catch (error) {
          // One that can't be told may not keep the others from it.
          failed += 1;
          fault(error);
          continue;
        }
      }
      await transact(tx => writeLinkNotices(tx, step));
    }
    if (hasTold) await this.#options.hub.publish({ kind: 'links' });
  }

  async #decide(): Promise<SquadStep[]> {
    const { knex, repository, readLinkedPairs } = this.#options;
    const now = this.#options.now?.() ?? Date.now();
    const [notices, unwell] = await Promise.all([
      readLinkNotices(knex),
      knex('latency_pairs').whereIn('state', ['down', 'high']).first('source'),
    ]);
    // Mostly all is well, and nobody was told otherwise.
    if (notices.length === 0 && !unwell) return [];
    const [facts, cells] = await Promise.all([
      readCallFacts(knex, { repository, now, declared: false }),
      readCells({ knex, now: new Date(now), readLinkedPairs }),
    ]);
    const calls = new Map<string, Map<string, number>>();
    for (const call of decideCalls(facts)) {
      if (call.squadRef === null || !isUsedCall(call)) continue;
      const known = calls.get(call.squadRef) ?? new Map<string, number>();
      const key = pairKey(call.from, call.to);
      calls.set(call.squadRef, known.set(key, (known.get(key) ?? 0) + 1));
    }
    return decideLinkNotices({
      notices,
      links: new Map(
        [...cells].map(([key, { state, code, since }]) => [
          key,
          { state, code, since: since === null ? null : Date.parse(since) },
        ]),
      ),
      calls,
      now,
      gatherMs: GATHER_MS,
      holdMs: HOLD_MS,
    });
  }
}
