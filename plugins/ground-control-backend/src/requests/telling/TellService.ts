import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ChangeHub } from '../../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { REMINDED } from '../decide/readLastReminder';
import { formatRequestId } from '../reading/requestId';
import { readChanges } from '../reading/readChanges';
import { readDecisions } from '../store/readDecisions';
import { isReleaseRow, RequestRow } from '../types';
import { decideTelling } from './decideTelling';
import { resolveAudience } from './resolveAudience';
import { addExpiring, findExpiring, noteTold, readUntold } from './stepRows';
import { UntoldStep } from './types';

export interface TellServiceOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  /** The branch whose commits are counted. */
  mainBranch: string;
  notifications: NotificationService;
  events: EventsService;
  /** Entity refs of those who may decide a request now. */
  listDeciders(request: RequestRow): Promise<string[]>;
  /** Entity refs of the leads of a request's squad. */
  listLeads(request: RequestRow): Promise<string[]>;
  /** Entity ref of who else is told of a block that was gone over there. */
  toldOfOverrides?(environment: string): string | undefined;
  intervalMs?: number;
  leaseTtlMs?: number;
  now?: () => number;
}

/** The topic on which other plugins hear of requests. */
export const REQUEST_TOPIC = 'ground-control.request';

const INTERVAL_MS = 5_000;
const MAX_BACKOFF_MS = 60_000;
/** Steps of one round. */
const MOST = 200;
/** So many in a round, and it isn't the one step that is at fault. */
const MOST_FAILED = 3;

/**
 * Tells people, and other plugins, of what happens to requests. What was told
 * stands in the database, so that neither a restart nor another replica tells
 * it again.
 *
 * A notification is sent before it is noted: a process that dies in between
 * sends it twice, and the second takes the place of the first.
 */
export class TellService {
  readonly #options: TellServiceOptions;
  readonly #loop: LeasedLoop;
  /** How often steps could not be told: those that fail have their turn last. */
  readonly #failures = new Map<number, number>();
  /** Published, and not yet noted, because something else of it failed. */
  readonly #published = new Set<number>();
  #unsubscribe?: () => void;

  constructor(options: TellServiceOptions) {
    this.#options = options;
    this.#loop = new LeasedLoop({
      ...options,
      name: `telling:${options.repository}`,
      intervalMs: options.intervalMs ?? INTERVAL_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Telling people of release requests failed',
      recovered: 'People can be told of release requests again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    this.#loop.start();
    this.#unsubscribe = this.#options.hub.subscribeGathered(changes => {
      if (changes.some(({ kind }) => kind === 'requests')) this.#loop.wake();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
  }

  async #round({ signal, transact, fault }: LeasedRound) {
    const { knex, repository } = this.#options;
    const now = this.#options.now?.() ?? Date.now();
    const expiring = await findExpiring(knex, repository, now);
    if (expiring.length > 0) {
      await transact(tx => addExpiring(tx, expiring, now));
      await this.#options.hub.publish({ kind: 'requests' });
    }
    const untold = await readUntold(knex, repository, MOST);
    const failuresOf = ({ step }: UntoldStep) =>
      this.#failures.get(step.step) ?? 0;
    untold.sort((a, b) => failuresOf(a) - failuresOf(b));
    const quiet: number[] = [];
    let failed = 0;
    for (const one of untold) {
      if (signal.aborted || failed >= MOST_FAILED) break;
      const { step } = one.step;
      try {
        const isHeard = await this.#tell(one, now);
        if (isHeard) await transact(tx => noteTold(tx, [step], now));
        else quiet.push(step);
        this.#failures.delete(step);
        if (isHeard) this.#published.delete(step);
      } catch (error) {
        // One that can't be told may not keep the others from it.
        failed += 1;
        this.#failures.set(step, failuresOf(one) + 1);
        fault(error);
      }
    }
    if (quiet.length > 0) {
      await transact(tx => noteTold(tx, quiet, now));
      quiet.forEach(step => this.#published.delete(step));
    }
    if (failed === 0 && untold.length === MOST) this.#loop.wake();
  }

  /** @returns whether anybody was told */
  async #tell(untold: UntoldStep, now: number): Promise<boolean> {
    const { knex, notifications, listDeciders, listLeads, toldOfOverrides } =
      this.#options;
    const { request } = untold;
    await this.#publish(untold);
    const changes = await this.#readChanges(untold);
    const telling = decideTelling({ ...untold, changes }, now);
    if (!telling) return false;
    const refs = await resolveAudience(request, telling.to, {
      listDeciders,
      listLeads,
      toldOfOverrides,
      readDecisions: async number =>
        (await readDecisions(knex, [number])).get(number) ?? [],
    });
    if (refs.length === 0) return false;
    await notifications.send({
      recipients: { type: 'entity', entityRef: refs },
      payload: telling.payload,
    });
    return true;
  }

  /** How much is to be decided; of other steps that says nothing. */
  async #readChanges({ step, request }: UntoldStep) {
    const isToDecide = step.state === 'pending' || step.code === REMINDED;
    if (!isToDecide || request.state !== 'pending') return undefined;
    if (!isReleaseRow(request)) return undefined;
    const { knex, repository, mainBranch } = this.#options;
    return readChanges(knex, {
      repository,
      service: { namespace: request.namespace, name: request.service },
      environment: request.environment,
      mainBranch,
      runningId: request.replaces_artifact_id ?? undefined,
      requestedId: request.artifact_id,
    });
  }

  async #publish({ step, request }: UntoldStep) {
    if (step.state === null || this.#published.has(step.step)) return;
    await this.#options.events.publish({
      topic: REQUEST_TOPIC,
      eventPayload: {
        id: formatRequestId(request.number),
        kind: request.kind,
        service: { namespace: request.namespace, name: request.service },
        environment: request.environment,
        state: step.state,
        code: step.code,
      },
    });
    this.#published.add(step.step);
  }
}
