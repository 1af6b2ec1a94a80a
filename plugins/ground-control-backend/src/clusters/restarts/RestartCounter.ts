import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Knex } from 'knex';
import { ChangeHub } from '../../lib/ChangeHub';
import { Loop } from '../../lib/Loop';
import { ServiceWorkload } from '../decide/types';
import { podKind } from '../observe/watchedKinds';
import { parseServiceKey } from '../serviceKey';
import { ClusterScope } from '../store/types';
import { ClusterWatching } from '../types';
import { readAskedServices } from './readAskedServices';
import { readRestarts, Restarts, writeRestarts } from './restartRows';

export interface RestartCounterOptions {
  knex: Knex;
  hub: Pick<ChangeHub, 'publish'>;
  scope: ClusterScope;
  /** Those that come after the cluster's own in the order of promotion. */
  laterEnvironments: readonly string[];
  watching: Pick<ClusterWatching, 'list'>;
  /** The release that a service runs well; undefined where it doesn't. */
  wellAt: (service: string) => number | undefined;
  workloadsOf: (service: string) => ServiceWorkload[];
  /** A transaction that writes only while we hold the cluster's lease. */
  transact: (work: (tx: Knex.Transaction) => Promise<void>) => Promise<void>;
  onError: (error: unknown) => void;
  /** How often is looked for requests, and one that was counted counted again. */
  lookMs?: number;
  countAgainMs?: number;
}

/** How soon a request that is new is seen. */
const LOOK_MS = 3_000;
const RETRY_MS = 60_000;
const COUNT_AGAIN_MS = 30_000;
/** Of one cluster: a list is small, and other questions have their turn. */
const LEAST_BETWEEN_MS = 250;
/** Of one workload. With more than these there is no count. */
const MOST_PODS = 200;

/**
 * Counts how often the pods of services restarted, of those alone whose release
 * to a later environment waits for a decision: whoever decides wants to know,
 * and pods are too many to be watched.
 */
export class RestartCounter {
  readonly #options: RestartCounterOptions;
  readonly #loop: Loop;
  /** When they were counted, or could not be, and under which release. */
  readonly #looked = new Map<string, { at: number; position?: number }>();
  /** As they are written. */
  #known?: Map<string, Restarts>;

  constructor(options: RestartCounterOptions) {
    this.#options = options;
    this.#loop = new Loop({
      work: signal => this.#round(signal),
      intervalMs: options.lookMs ?? LOOK_MS,
      maxBackoffMs: RETRY_MS,
      onError: options.onError,
    });
  }

  start(): void {
    if (this.#options.laterEnvironments.length > 0) this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { knex, scope, laterEnvironments } = this.#options;
    this.#known ??= await readRestarts(knex, scope);
    const asked = new Set(
      await readAskedServices(knex, scope.repository, laterEnvironments),
    );
    for (const service of this.#known.keys()) {
      if (!asked.has(service)) await this.#write(service, undefined);
    }
    for (const service of this.#looked.keys()) {
      if (!asked.has(service)) this.#looked.delete(service);
    }
    for (const service of asked) {
      const position = this.#options.wellAt(service);
      if (!this.#isDue(service, position)) continue;
      this.#looked.set(service, { at: performance.now(), position });
      const restarts =
        position === undefined ? undefined : await this.#count(service);
      if (signal.aborted) return;
      await this.#write(
        service,
        position === undefined || restarts === undefined
          ? undefined
          : { position, restarts },
      );
      await sleep(LEAST_BETWEEN_MS);
    }
  }

  #isDue(service: string, position: number | undefined): boolean {
    const looked = this.#looked.get(service);
    return (
      !looked ||
      looked.position !== position ||
      performance.now() - looked.at >=
        (this.#options.countAgainMs ?? COUNT_AGAIN_MS)
    );
  }

  /** @returns undefined where they can't be counted */
  async #count(service: string): Promise<number | undefined> {
    const { watching, workloadsOf } = this.#options;
    const workloads = workloadsOf(service);
    if (workloads.length === 0) return undefined;
    let restarts = 0;
    try {
      for (const { namespace, selector } of workloads) {
        if (!selector) return undefined;
        const pods = await watching.list(podKind, {
          namespace,
          labelSelector: selector,
          limit: MOST_PODS,
        });
        if (pods.length >= MOST_PODS) return undefined;
        restarts += pods.reduce((sum, pod) => sum + pod.restarts, 0);
      }
    } catch {
      // Pods may not be read, or not now: faults are the watcher's to tell.
      return undefined;
    }
    return restarts;
  }

  async #write(service: string, counted: Restarts | undefined): Promise<void> {
    const { hub, scope, transact } = this.#options;
    const known = this.#known!;
    if (isDeepStrictEqual(known.get(service), counted)) return;
    await transact(tx =>
      writeRestarts(tx, scope, new Map([[service, counted]])),
    );
    if (counted) known.set(service, counted);
    else known.delete(service);
    await hub.publish({
      kind: 'cluster-services',
      services: [parseServiceKey(service)],
    });
  }
}
