import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { Knex } from 'knex';
import { readRepositoryRow } from '../gitops/store/repositoryRow';
import { ChangeHub } from '../lib/ChangeHub';
import { Lease } from '../lib/Lease';
import { Loop } from '../lib/Loop';
import { decideHeld } from './expiry/decideHeld';
import { gatherWhole } from './branch/gatherWhole';
import {
  findEdited,
  findExpired,
  findHeld,
  findHeldTooLong,
  findMoved,
} from './expiry/findDue';
import { moveRequest } from './moveRequest';
import { isReleaseRow, RequestEvent, RequestJudge, RequestRow } from './types';

export interface ExpiryServiceOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  judge: RequestJudge;
  /** An approval that could not become a commit for so long counts no more; a week by default. */
  expireHeldAfterMs?: number;
  intervalMs?: number;
  leaseTtlMs?: number;
  /** The clock; the system's by default. */
  now?(): Date;
}

const INTERVAL_MS = 5_000;
const MAX_BACKOFF_MS = 60_000;
const LEASE_TTL_MS = 10_000;
const HOUR_MS = 3_600_000;
/** Longer than the freeze of a weekend, and not so long that who approved has forgotten. */
export const EXPIRE_HELD_MS = 7 * 24 * HOUR_MS;
const ACTOR = 'system:requests';

/**
 * Does to open requests what time and others do: ends those that nobody
 * decided in time, or whose environment has another release by now, and lets
 * held ones go on once nothing holds them.
 */
export class ExpiryService {
  readonly #options: ExpiryServiceOptions;
  readonly #lease: Lease;
  readonly #loop: Loop;
  #unsubscribe?: () => void;
  #saidFault?: string;
  /** Of the branch, when edits were looked for last. */
  #tip?: string | null;

  constructor(options: ExpiryServiceOptions) {
    this.#options = options;
    const { knex, repository } = options;
    const intervalMs = options.intervalMs ?? INTERVAL_MS;
    const onError = (error: unknown) => this.#onError(error);
    this.#lease = new Lease({
      knex,
      name: `requests:${repository}`,
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
    this.#unsubscribe = this.#options.hub.subscribeGathered(changes => {
      if (changes.some(({ kind }) => kind === 'services')) this.#loop.wake();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
    await this.#lease.stop().catch(() => {});
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { epoch } = this.#lease;
    if (epoch === undefined) return;
    const { hub, judge, knex, logger, repository } = this.#options;
    const now = this.#options.now?.() ?? new Date();
    const at = now.getTime();
    let moved = 0;
    const move = async (number: number, event: RequestEvent) => {
      moved += Number(await this.#move(epoch, number, event));
    };
    for (const row of await findExpired(knex, repository, at)) {
      await move(row.number, buildExpiry(row, at));
    }
    const { expireHeldAfterMs = EXPIRE_HELD_MS } = this.#options;
    const tooLong = at - expireHeldAfterMs;
    for (const row of await findHeldTooLong(knex, repository, tooLong)) {
      await move(row.number, buildHeldExpiry(row, at));
    }
    // While the branch is read anew, what it releases isn't known.
    const outdated = await gatherWhole(knex, repository, async () => {
      const tip = (await readRepositoryRow(knex, repository))?.tip ?? null;
      // Edits come with commits alone, and are more to look through.
      const isNew = tip !== this.#tip;
      return {
        tip,
        changed: [
          ...(await findMoved(knex, repository)),
          ...(isNew ? await findEdited(knex, repository) : []),
        ],
      };
    });
    for (const { number, ...what } of outdated?.facts.changed ?? []) {
      await move(number, {
        type: 'outdate',
        at,
        code: 'moved',
        actor: ACTOR,
        ...what,
      });
    }
    if (outdated) this.#tip = outdated.facts.tip;
    for (const row of await findHeld(knex, repository, at)) {
      if (signal.aborted) return;
      const result = await judge.rejudge(row, { now, signal });
      const next = decideHeld(result, at);
      if (next.kind === 'wait') await this.#postpone(epoch, row, next.until);
      else await move(row.number, { ...next.event, at, actor: ACTOR });
    }
    if (moved > 0) await hub.publish({ kind: 'requests' });
    if (this.#saidFault) logger.info('Open requests are looked after again');
    this.#saidFault = undefined;
  }

  /** Each in a transaction of its own: what one waits for keeps no other. */
  #move(epoch: number, number: number, event: RequestEvent): Promise<boolean> {
    return this.#options.knex.transaction(async tx => {
      await this.#lease.check(tx, epoch);
      return (await moveRequest(tx, { number, event })) !== undefined;
    });
  }

  async #postpone(epoch: number, { number }: RequestRow, until: number) {
    await this.#options.knex.transaction(async tx => {
      await this.#lease.check(tx, epoch);
      await tx('release_requests')
        .where({ number, state: 'held' })
        .update({ next_attempt_at: until });
    });
  }

  #onError(error: unknown) {
    const why = isError(error) ? error.message : 'unknown error';
    // What is away all night is one line.
    if (why === this.#saidFault) return;
    this.#saidFault = why;
    this.#options.logger.warn(
      `Looking after open requests failed and is tried again: ${why}`,
    );
  }
}

function sayHours(ms: number): string {
  return `${Math.round((10 * ms) / HOUR_MS) / 10} h`;
}

function sayAskAgain(row: RequestRow): string {
  return `Ask again${isReleaseRow(row) ? ' with the same artifact' : ''}.`;
}

function buildExpiry(row: RequestRow, at: number): RequestEvent {
  const waited = sayHours((row.expires_at ?? at) - row.requested_at);
  return {
    type: 'expire',
    at,
    code: 'expired',
    message: `Nobody decided within ${waited}. ${sayAskAgain(row)}`,
    actor: ACTOR,
  };
}

function buildHeldExpiry(row: RequestRow, at: number): RequestEvent {
  const why = row.message ? ` ${row.message}` : '';
  return {
    type: 'expire',
    at,
    code: 'held-too-long',
    message: `It was held for ${sayHours(
      at - row.since,
    )}, too long for its approval to count.${why} ${sayAskAgain(row)}`,
    actor: ACTOR,
  };
}
