import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService as Catalog } from '@backstage/plugin-catalog-node';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { Loop, RoundResult } from '../lib/Loop';
import { decideRead, EAGER_MS, ReadHistory } from './decideRead';
import { deriveServices } from './deriveServices';
import { readCatalog } from './readCatalog';
import { readServiceFacts } from './readServiceFacts';
import { storeCatalog } from './storeCatalog';
import { CatalogContent } from './types';
import { writeAmbiguities } from './writeAmbiguities';
import { writeServices } from './writeServices';

/** For more at once it is less work to derive all. */
const MOST_SERVICES = 200;

/** What {@link CatalogService} works with. */
export interface CatalogServiceOptions {
  knex: Knex;
  repository: string;
  catalog: Catalog;
  auth: AuthService;
  logger: LoggerService;
  /** How often the catalog is read. */
  intervalMs: number;
  /** Called when what is shown of services has changed. */
  onChange(): void;
  now?(): Date;
}

/**
 * Keeps squads and services in rows: reads the catalog at intervals, and
 * derives of it and of the config repository whose each service is.
 *
 * A catalog that can't be read leaves the rows as they are. Each process reads
 * for itself: what it writes is the same whoever writes it.
 */
export class CatalogService {
  private readonly loop: Loop;
  private readonly history: ReadHistory;
  private lastContent?: string;
  /** Derivations one after the other. */
  private queue: Promise<unknown> = Promise.resolve();
  /** The derivation that hasn't begun yet; of all services when none is named. */
  private wanted?: { services?: ServiceRef[]; done: Promise<void> };

  constructor(private readonly options: CatalogServiceOptions) {
    this.history = { startedAt: this.now(), settled: false };
    this.loop = new Loop({
      work: () => this.round(),
      intervalMs: EAGER_MS,
      maxBackoffMs: options.intervalMs,
      onError: error =>
        options.logger.error(`Services could not be derived: ${error}`),
    });
  }

  /** Reads the catalog at once and at intervals, until {@link CatalogService.stop}. */
  start(): void {
    this.loop.start();
  }

  /** Ends reading, after the present round. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await this.queue;
  }

  /**
   * Reads the whole catalog, and derives all services of it, or else of what
   * was read of it last.
   *
   * @returns whether the catalog could be read
   */
  async refresh(): Promise<boolean> {
    const { knex, catalog, auth, logger } = this.options;
    // Taken before reading, so that of two readers the later one wins.
    const observedAt = this.now();
    this.history.lastReadAt = observedAt;
    let isRead = false;
    try {
      const content = await readCatalog(catalog, auth);
      await storeCatalog(knex, content, observedAt);
      this.noteContent(content);
      isRead = true;
    } catch (error) {
      logger.warn(
        `The catalog could not be read; squads and services stay as they were: ${error}`,
      );
    }
    await this.derive('all');
    return isRead;
  }

  /**
   * Derives the given services anew, after the config repository changed.
   * Calls that come while one is at work are done together.
   */
  derive(services: ServiceRef[] | 'all'): Promise<void> {
    const some = services === 'all' ? undefined : services;
    if (this.wanted) {
      this.wanted.services = some && this.wanted.services?.concat(some);
      return this.wanted.done;
    }
    const wanted = {
      services: some,
      done: Promise.resolve(),
    };
    wanted.done = this.queue.then(() => {
      this.wanted = undefined;
      return this.deriveNow(wanted.services);
    });
    this.wanted = wanted;
    this.queue = wanted.done.catch(() => {});
    return wanted.done;
  }

  private async round(): Promise<RoundResult> {
    const { intervalMs } = this.options;
    if (!decideRead(this.history, { now: this.now(), intervalMs })) {
      return 'done';
    }
    return (await this.refresh()) ? 'done' : 'failed';
  }

  private noteContent(content: CatalogContent) {
    const text = JSON.stringify(content);
    this.history.settled =
      content.components.length > 0 && text === this.lastContent;
    this.lastContent = text;
  }

  private async deriveNow(changed?: ServiceRef[]): Promise<void> {
    const { knex, repository } = this.options;
    const some =
      changed && changed.length <= MOST_SERVICES ? changed : undefined;
    const names = some && [...new Set(some.map(ref => ref.name))];
    const facts = await readServiceFacts(knex, repository, some);
    const { services, ambiguities } = deriveServices(facts);
    const servicesChanged = await writeServices(
      knex,
      repository,
      services,
      names,
    );
    const problemsChanged = await writeAmbiguities(
      knex,
      repository,
      ambiguities,
      this.now(),
      names,
    );
    if (servicesChanged || problemsChanged) this.options.onChange();
  }

  private now(): number {
    return (this.options.now?.() ?? new Date()).getTime();
  }
}
