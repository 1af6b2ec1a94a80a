import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Knex } from 'knex';
import pLimit from 'p-limit';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  ClusterLocator,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ChangeHub } from '../lib/ChangeHub';
import { Lease } from '../lib/Lease';
import { Loop } from '../lib/Loop';
import { HeldCluster } from './HeldCluster';
import { ReleaseBook } from './ReleaseBook';
import { readNews } from './store/readNews';
import { syncClusters } from './store/syncClusters';
import { CreateClusterWatching, LocatedCluster } from './types';

export interface ClustersServiceOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  layout: Layout;
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  locator: ClusterLocator;
  createWatching: CreateClusterWatching;
  /** How often it is asked which clusters there are. */
  locateIntervalMs?: number;
  /** How long another replica waits before it takes over from a dead one. */
  leaseTtlMs?: number;
}

const LOCATE_INTERVAL_MS = 60_000;
/** With a third of it between renewals, a dead holder is replaced in 14 s. */
const LEASE_TTL_MS = 10_000;
/**
 * A portal that starts fills its catalog meanwhile, and what that says of the
 * clusters shouldn't be missing for the first minute.
 */
const EAGER_MS = 3_000;
const EAGER_FOR_MS = 3 * 60_000;
/** How often is looked for what other replicas leave in the database. */
const NEWS_INTERVAL_MS = 1_000;
/**
 * Clusters that write at a time. A commit moves all of them at once: each in a
 * transaction of its own, twenty would leave readers no connection of the pool.
 */
const WRITERS = 3;

/** What only its row says is no reason to watch a cluster from the beginning. */
function isWatchedAlike(
  before: LocatedCluster,
  after: LocatedCluster | undefined,
): boolean {
  const rest = {
    provider: undefined,
    region: undefined,
    role: undefined,
    entityRef: undefined,
  };
  return (
    after !== undefined &&
    isDeepStrictEqual({ ...before, ...rest }, { ...after, ...rest })
  );
}

/**
 * Watches all configured clusters, each on the one replica that holds its
 * lease, and keeps their rows at what is configured.
 */
export class ClustersService {
  readonly #options: ClustersServiceOptions;
  readonly #holder = randomUUID();
  readonly #book: ReleaseBook;
  /** Whoever has it says which clusters there are. */
  readonly #lease: Lease;
  readonly #locating: Loop;
  readonly #listening: Loop;
  readonly #held = new Map<string, HeldCluster>();
  readonly #inTurn = pLimit(WRITERS);
  readonly #looked = new Map<string, string>();
  #unsubscribe?: () => void;
  #startedAt = 0;
  #eager?: NodeJS.Timeout;
  #saidFaults = new Map<string, string>();

  constructor(options: ClustersServiceOptions) {
    this.#options = options;
    const { knex, repository } = options;
    this.#book = new ReleaseBook({ knex, repository });
    this.#lease = new Lease({
      knex,
      name: 'clusters',
      holder: this.#holder,
      ttlMs: options.leaseTtlMs ?? LEASE_TTL_MS,
      onGained: () => this.#locating.wake(),
      onError: error => this.#warn('Keeping the list of clusters', error),
    });
    const intervalMs = options.locateIntervalMs ?? LOCATE_INTERVAL_MS;
    this.#locating = new Loop({
      work: () => this.#locate(),
      intervalMs,
      maxBackoffMs: intervalMs,
      onError: error =>
        this.#warn('Finding out which clusters there are', error),
    });
    this.#listening = new Loop({
      work: () => this.#listen(),
      intervalMs: NEWS_INTERVAL_MS,
      maxBackoffMs: 10 * NEWS_INTERVAL_MS,
      onError: error => this.#warn('Asking for news of releases', error),
    });
  }

  start(): void {
    // What this process reads into the tables needn't wait for the second.
    this.#unsubscribe = this.#options.hub.subscribe(change => {
      if (change.kind === 'services' || change.kind === 'commits') {
        this.#listening.wake();
      }
    });
    this.#startedAt = Date.now();
    this.#lease.start();
    this.#listening.start();
    this.#locating.start();
  }

  /** Ends all watching, and lets other replicas take over. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    clearTimeout(this.#eager);
    await Promise.all([this.#locating.stop(), this.#listening.stop()]);
    const held = [...this.#held.values()];
    this.#held.clear();
    await Promise.all(held.map(one => one.stop()));
    await this.#lease.stop().catch(() => {});
  }

  async #locate() {
    const { locator, environments } = this.#options;
    const located = await locator.locateClusters();
    // Another word than an environment's says that it carries none.
    const definitions = located.map(definition =>
      definition.environment === undefined ||
      environments.includes(definition.environment)
        ? definition
        : {
            ...definition,
            environment: undefined,
            role: definition.environment,
          },
    );
    await this.#follow(definitions);
    await this.#writeConfigured(definitions);
    this.#mended('Finding out which clusters there are');
    const isInCatalog = located.every(one => one.entityRef !== undefined);
    if (!isInCatalog && Date.now() - this.#startedAt < EAGER_FOR_MS) {
      this.#eager = setTimeout(() => this.#locating.wake(), EAGER_MS);
      this.#eager.unref();
    }
  }

  /** Begins and ends to compete for clusters. */
  async #follow(definitions: LocatedCluster[]) {
    const wanted = new Map(definitions.map(one => [one.name, one]));
    for (const [name, held] of this.#held) {
      if (!isWatchedAlike(held.definition, wanted.get(name))) {
        this.#held.delete(name);
        await held.stop();
      }
    }
    for (const [ordinal, definition] of definitions.entries()) {
      if (this.#held.has(definition.name)) continue;
      const held = new HeldCluster({
        ...this.#options,
        definition,
        ordinal,
        holder: this.#holder,
        leaseTtlMs: this.#options.leaseTtlMs ?? LEASE_TTL_MS,
        book: this.#book,
        inTurn: this.#inTurn,
        onError: error =>
          this.#warn(`Watching the cluster ${definition.name}`, error),
      });
      this.#held.set(definition.name, held);
      held.start();
    }
  }

  async #writeConfigured(definitions: LocatedCluster[]) {
    const { epoch } = this.#lease;
    if (epoch === undefined) return;
    const { knex, hub } = this.#options;
    try {
      const changed = await knex.transaction(async tx => {
        await this.#lease.check(tx, epoch);
        return syncClusters(tx, definitions, Date.now());
      });
      if (changed) await hub.publish({ kind: 'clusters', ofConnection: true });
    } catch (error) {
      // Somebody else keeps the list now.
      if (!isError(error) || error.name !== 'ConflictError') throw error;
    }
  }

  async #listen() {
    const { knex, repository } = this.#options;
    const news = await readNews(knex, repository);
    for (const [cluster, wish] of news.looks) {
      // Another replica's clock made it: it tells one wish from the next.
      if (this.#looked.get(cluster) === wish) continue;
      this.#looked.set(cluster, wish);
      this.#held.get(cluster)?.look();
    }
    // Each batch of a history that is being read would be judged for nothing.
    if (!news.isFarBehind) await this.#book.note(news);
    this.#mended('Asking for news of releases');
  }

  #warn(what: string, error: unknown) {
    const why = isError(error) ? error.message : 'unknown error';
    // What fails all night is one line.
    if (this.#saidFaults.get(what) === why) return;
    this.#saidFaults.set(what, why);
    this.#options.logger.warn(`${what} failed and is tried again: ${why}`);
  }

  #mended(what: string) {
    if (!this.#saidFaults.delete(what)) return;
    this.#options.logger.info(`${what} works again`);
  }
}
