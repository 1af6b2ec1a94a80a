import { createHash, randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  FetchResult,
  GitFault,
  Layout,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { isSqlite } from '../lib/isSqlite';
import { ChangeHub } from '../lib/ChangeHub';
import { Lease } from '../lib/Lease';
import { Loop, RoundResult } from '../lib/Loop';
import { MissingObjectError } from './ingest/FileReadings';
import { describeFault } from './describeFault';
import { describeReading } from './describeReading';
import { RepositoryIngest, Transact } from './ingest/RepositoryIngest';
import { startAnew } from './ingest/startAnew';
import { IngestMetrics } from './IngestMetrics';
import { MirrorReleaseFiles } from './MirrorReleaseFiles';
import { RepositoryNotes } from './RepositoryNotes';
import { SMALL_LAG } from './repositoryStatus';
import { ensureRepositoryRow, readRepositoryRow } from './store/repositoryRow';
import { lockRepository } from './store/lockRepository';
import { readIngestFacts } from './store/readIngestFacts';
import { MaskedFiles } from './types';

export interface GitopsServiceOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  mirror: Mirror;
  layout: Layout;
  repository: string;
  /** Whatever makes a repository another one: its URL and branch. */
  identity: { url: string; branch: string };
  /** In the order of promotion. */
  environments: string[];
  pollIntervalMs: number;
  /** Gives the first fetch, where that was begun already. */
  firstFetch?: (signal: AbortSignal) => Promise<FetchResult>;
  /** How long another replica waits before it takes over from a dead one. */
  leaseTtlMs?: number;
}

/** Grows when ingest writes other rows for the same history. */
const INGEST_FORMAT = 3;
/** Each fetch that brings something may leave a pack; git copes with some. */
const FETCHES_UNTIL_TIDY = 20;
const MAX_BACKOFF_MS = 2 * 60_000;
/** With a third of it between renewals, a dead holder is replaced in 14 s. */
const LEASE_TTL_MS = 10_000;
/** How often the holder looks for a webhook that reached another replica. */
const WANTED_INTERVAL_MS = 1_000;

/**
 * Keeps the tables at the tip of the config repository. Every replica keeps
 * its mirror fresh, for diffs; the one that holds the lease also reads new
 * commits into the tables and says how the remote is.
 */
export class GitopsService {
  readonly releaseFiles: MaskedFiles;
  readonly #options: GitopsServiceOptions;
  readonly #lease: Lease;
  readonly #loop: Loop;
  readonly #wanted?: Loop;
  readonly #metrics: IngestMetrics;
  readonly #notes: RepositoryNotes;
  #ingest?: { epoch: number; ingest: RepositoryIngest };
  #prepared = false;
  #hasRead = false;
  #saidFailing?: string;
  #saidFault?: string;
  /** Why the mirror was thrown away since all could be read last. */
  #discardedFor?: unknown;
  #seenTip?: string;
  #fetchesUntidied = 0;
  #seenWish?: number;
  #firstFetch: GitopsServiceOptions['firstFetch'];
  readonly #looked = Promise.withResolvers<void>();

  constructor(options: GitopsServiceOptions) {
    this.#options = options;
    this.#firstFetch = options.firstFetch;
    const { knex, logger, pollIntervalMs, repository } = options;
    this.releaseFiles = new MirrorReleaseFiles(options.mirror);
    this.#metrics = new IngestMetrics({
      pollIntervalMs,
      now: Date.now,
      readFacts: () => readIngestFacts(knex, repository),
    });
    this.#notes = new RepositoryNotes({
      ...options,
      branch: options.identity.branch,
    });
    const onError = (error: unknown) => {
      const why = describeError(error);
      // A disk that is full all night is one line.
      if (why === this.#saidFault) return;
      this.#saidFault = why;
      logger.warn(
        `Reading the config repository failed and is tried again: ${why}`,
      );
    };
    this.#lease = new Lease({
      knex,
      name: `ingest:${repository}`,
      holder: randomUUID(),
      ttlMs: options.leaseTtlMs ?? LEASE_TTL_MS,
      onGained: () => this.#loop.wake(),
      onError,
    });
    this.#loop = new Loop({
      work: signal => this.#round(signal),
      intervalMs: pollIntervalMs,
      maxBackoffMs: Math.max(MAX_BACKOFF_MS, pollIntervalMs),
      onError,
    });
    if (!isSqlite(knex)) {
      this.#wanted = new Loop({
        work: () => this.#lookForWish(),
        intervalMs: WANTED_INTERVAL_MS,
        maxBackoffMs: 30_000,
        onError: () => {},
      });
    }
  }

  async start(): Promise<void> {
    const { knex, repository, identity } = this.#options;
    await ensureRepositoryRow(knex, {
      repository,
      branch: identity.branch,
      url_hash: this.#identityHash(),
      format: this.#format(),
    });
    this.#lease.start();
    this.#loop.start();
    this.#wanted?.start();
  }

  /** Ends every git process and lets another replica take over. */
  async stop(): Promise<void> {
    this.#metrics.close();
    await Promise.all([this.#loop.stop(), this.#wanted?.stop()]);
    await this.#options.mirror.close();
    await this.#lease.stop().catch(() => {});
  }

  /** Resolves when the repository was looked at once, with whatever result. */
  get firstLook(): Promise<void> {
    return this.#looked.promise;
  }

  /** A webhook says that there may be news; whichever replica it reached. */
  async wantFetch(): Promise<void> {
    const { knex, repository } = this.#options;
    await knex('repositories')
      .where({ repository })
      .update({ fetch_wanted_at: Date.now() });
    this.#loop.wake();
  }

  async #lookForWish() {
    const { knex, repository } = this.#options;
    if (this.#lease.epoch === undefined) return;
    const row = await readRepositoryRow(knex, repository);
    const wish = row?.fetch_wanted_at ?? undefined;
    // Another replica's clock made it: it tells one wish from the next, and
    // nothing of when.
    if (wish !== this.#seenWish) this.#loop.wake();
    this.#seenWish = wish;
  }

  async #round(signal: AbortSignal): Promise<RoundResult> {
    try {
      const result = await this.#fetchAndRead(signal);
      if (this.#saidFault) {
        this.#options.logger.info('Reading the config repository works again');
      }
      this.#saidFault = undefined;
      return result;
    } catch (error) {
      // A damaged mirror is fetched anew; the rest is told to whoever looks.
      if (!signal.aborted && error !== this.#discardedFor) {
        await this.#noteFault(describeFault(error)).catch(() => {});
      }
      throw error;
    } finally {
      this.#looked.resolve();
    }
  }

  async #fetchAndRead(signal: AbortSignal): Promise<RoundResult> {
    const { mirror } = this.#options;
    const attemptedAt = Date.now();
    const startedAt = performance.now();
    const begun = this.#firstFetch?.(signal);
    this.#firstFetch = undefined;
    const result = await (begun ?? mirror.fetch({ signal }));
    this.#metrics.fetched(result.kind, performance.now() - startedAt);
    this.#logOutcome(result);
    const { epoch } = this.#lease;
    if (epoch !== undefined) {
      await this.#readNews(epoch, result, attemptedAt, signal);
    }
    if (result.kind === 'fetched' && result.tip !== this.#seenTip) {
      this.#seenTip = result.tip;
      this.#fetchesUntidied += 1;
      // Looking costs a process, which the next commit would wait for.
      if (this.#fetchesUntidied >= FETCHES_UNTIL_TIDY) {
        this.#fetchesUntidied = 0;
        await mirror.tidy({ signal });
      }
    }
    return result.kind === 'fetched' || result.kind === 'empty'
      ? 'done'
      : 'failed';
  }

  async #readNews(
    epoch: number,
    result: FetchResult,
    attemptedAt: number,
    signal: AbortSignal,
  ) {
    const { hub, mirror } = this.#options;
    const transact = this.#transactUnder(epoch);
    if (!this.#prepared) {
      await this.#startAnewIfOther(transact, signal);
      this.#prepared = true;
    }
    const changed = await this.#notes.noteFetch(transact, result, {
      attemptedAt,
      signal,
    });
    if (changed) await hub.publish({ kind: 'repository' });
    if (result.kind !== 'fetched') return;
    if (this.#ingest?.epoch !== epoch) {
      this.#ingest = { epoch, ingest: this.#createIngest(transact) };
    }
    const startedAt = performance.now();
    try {
      const { commits, rewritten } = await this.#ingest.ingest.catchUp(
        result.tip,
        signal,
      );
      this.#discardedFor = undefined;
      const durationMs = performance.now() - startedAt;
      // Who waits for news comes before what is noted of it.
      if (commits > 0 || rewritten) await hub.publish({ kind: 'commits' });
      if (commits > 0) await this.#measureNews(durationMs);
      const mended = await this.#notes.noteRead(transact);
      // What wasn't complete may be now.
      const isNews = !this.#hasRead || commits > SMALL_LAG;
      this.#hasRead = true;
      if (isNews || rewritten || mended) {
        await hub.publish({ kind: 'repository' });
      }
      const said = describeReading({ commits, rewritten, durationMs });
      if (said) this.#options.logger.info(said);
      if (rewritten) await mirror.tidy({ all: true, signal });
    } catch (error) {
      this.#ingest = undefined;
      // What fails with a new mirror too isn't the mirror's fault.
      if (
        !signal.aborted &&
        suspectsMirror(error) &&
        this.#discardedFor === undefined
      ) {
        this.#discardedFor = error;
        this.#options.logger.warn(
          `The mirror of the config repository is damaged and is fetched anew: ${describeError(
            error,
          )}`,
        );
        await mirror.discard();
        this.#loop.wake();
      }
      throw error;
    }
  }

  #createIngest(transact: Transact): RepositoryIngest {
    const { hub } = this.#options;
    return new RepositoryIngest({
      ...this.#options,
      transact,
      onWritten: services => hub.publish({ kind: 'services', services }),
      onIngested: commits => this.#metrics.ingested(commits),
    });
  }

  #transactUnder(epoch: number): Transact {
    return work =>
      this.#options.knex.transaction(async tx => {
        await this.#lease.check(tx, epoch);
        await lockRepository(tx, this.#options.repository);
        return work(tx);
      });
  }

  async #noteFault(reason: string) {
    const { epoch } = this.#lease;
    if (epoch === undefined) return;
    await this.#notes.noteFault(this.#transactUnder(epoch), reason);
    await this.#options.hub.publish({ kind: 'repository' });
  }

  async #measureNews(durationMs: number) {
    const { knex, repository } = this.#options;
    const row = await readRepositoryRow(knex, repository);
    this.#metrics.caughtUp({
      durationMs,
      delayMs: row?.tip_committed_at
        ? Math.max(0, Date.now() - row.tip_committed_at)
        : undefined,
    });
  }

  async #startAnewIfOther(transact: Transact, signal: AbortSignal) {
    const { knex, repository, hub, identity } = this.#options;
    await startAnew({
      knex,
      repository,
      transact,
      signal,
      identity: {
        url_hash: this.#identityHash(),
        format: this.#format(),
        branch: identity.branch,
      },
      onWritten: services => hub.publish({ kind: 'services', services }),
    });
  }

  /** Other environments make other rows, so they are part of the identity. */
  #identityHash(): string {
    const { identity, environments, layout } = this.#options;
    return createHash('sha256')
      .update(
        JSON.stringify([
          identity.url,
          identity.branch,
          layout.id,
          [...environments].sort(),
        ]),
      )
      .digest('hex');
  }

  #format(): number {
    return INGEST_FORMAT * 1_000 + this.#options.layout.format;
  }

  /** Once for each change of state: a remote that is down all night is one line. */
  #logOutcome(result: FetchResult) {
    const { logger } = this.#options;
    if (result.kind === 'fetched') {
      if (this.#saidFailing) logger.info('The config repository answers again');
      this.#saidFailing = undefined;
    } else if (result.kind !== this.#saidFailing) {
      logger.warn(result.reason);
      this.#saidFailing = result.kind;
    }
  }
}

function suspectsMirror(error: unknown): boolean {
  return (
    error instanceof MissingObjectError ||
    (error instanceof GitFault && error.suspectsMirror)
  );
}

function describeError(error: unknown): string {
  return isError(error) ? error.message : 'unknown error';
}
