import { LoggerService } from '@backstage/backend-plugin-api';
import {
  LatencyProblem,
  LatencySource,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { ChangeHub } from '../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../lib/LeasedLoop';
import { takeTurn } from '../lib/takeTurn';
import { PAST_MS } from './book/applySeries';
import { BookSource, PairBook } from './book/PairBook';
import { pairKey } from './book/pairKey';
import { PairState } from './book/types';
import { decidePairClass, ThresholdsByClass } from './decide/thresholds';
import { LatencyMetrics } from './LatencyMetrics';
import { PairKeeping } from './PairKeeping';
import { SourceBook } from './SourceBook';
import { ReadOutcome, SourceReader } from './SourceReader';
import { readBook } from './store/readBook';
import { readPeriods } from './store/readPeriods';
import { writeFailures } from './store/failures';
import { writeProblems } from './store/problems';
import { writePairs } from './store/writePairs';

export interface LatencyServiceOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  /** In the configured order; of two that measure the same link the first counts. */
  sources: LatencySource[];
  thresholds: ThresholdsByClass;
  /** Of how much time there must be samples for a baseline. */
  baselineMs: number;
  /** How long five minutes and hours are kept. */
  keep: { fivesMs: number; hoursMs: number };
  /** The clock; the system's by default. */
  now?: () => number;
  /** How often it is looked which source is to be read. */
  lookMs?: number;
}

const LOOK_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;
/** Open pages ask anew on each; numbers change with every probe. */
const TELL_NUMBERS_MS = 15_000;
const PLACES_MS = 60_000;
/** Rows in one transaction: on SQLite it holds up the process. */
const BATCH = 25;

/**
 * Reads all latency sources, in one process of several, and keeps what they say
 * of links.
 */
export class LatencyService {
  private readonly loop: LeasedLoop;
  private readonly readers: SourceReader[];
  private readonly sources: Map<string, BookSource>;
  private readonly metrics = new LatencyMetrics();
  private readonly problems = new Map<string, LatencyProblem[]>();
  private arrived: ReadOutcome[] = [];
  private epoch?: number;
  private book!: PairBook;
  private sourceBook!: SourceBook;
  private keeping!: PairKeeping;
  private places = new Map<string, { provider?: string; region?: string }>();
  private periods = new Map<string, number>();
  private placesAt = -Infinity;
  private toldAt = -Infinity;

  constructor(private readonly options: LatencyServiceOptions) {
    const { knex, logger, sources } = options;
    this.sources = new Map(
      sources.map(({ id, label, intervalMs }, ordinal) => [
        id,
        { id, label, intervalMs, ordinal },
      ]),
    );
    this.readers = sources.map(
      (source, i) =>
        new SourceReader(source, {
          metrics: this.metrics,
          phase: (i + 1) / sources.length,
          findPeriod: (from, to) => this.periods.get(pairKey(from, to)),
          onOutcome: outcome => {
            this.arrived.push(outcome);
            this.loop.wake();
          },
          onUnknownError: (error, { label }) =>
            logger.warn(
              `The latency source ${label} could not be read`,
              error as Error,
            ),
        }),
    );
    this.loop = new LeasedLoop({
      knex,
      logger,
      name: 'latency',
      intervalMs: options.lookMs ?? LOOK_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Keeping the latency of links failed',
      recovered: 'The latency of links is kept again',
      work: round => this.round(round),
    });
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop(async () => {
      for (const reader of this.readers) reader.cancel();
      await this.leave?.().catch(() => {});
    });
  }

  /** Keeps what only this process knows; set while it holds the lease. */
  private leave?: () => Promise<void>;

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }

  private async round(round: LeasedRound): Promise<void> {
    if (round.epoch !== this.epoch) await this.resume(round);
    const now = this.now();
    for (const reader of this.readers) {
      reader.poll(
        now,
        this.sourceBook.sinceOf(reader.source.id, now - PAST_MS),
      );
    }
    const outcomes = this.arrived;
    this.arrived = [];
    let hasNews = false;
    for (const outcome of outcomes) {
      // Places are read at the same moment, and readers have their turn between.
      await takeTurn();
      try {
        hasNews = (await this.take(round, outcome)) || hasNews;
      } catch (error) {
        // It is read again from where it was kept until.
        this.epoch = undefined;
        throw error;
      }
    }
    await this.keeping.keep(round, now);
    await this.tell(hasNews, outcomes.length > 0);
  }

  /** Goes on with what whoever held the lease before has left. */
  private async resume(round: LeasedRound): Promise<void> {
    const { knex, sources, baselineMs, keep } = this.options;
    for (const reader of this.readers) reader.cancel();
    this.arrived = [];
    const now = this.now();
    await this.readPlaces(now);
    this.book = new PairBook(await readBook(knex, now), {
      sources: this.sources,
      findThresholds: pair => this.findThresholds(pair),
    });
    this.sourceBook = new SourceBook([...this.sources.values()]);
    await this.sourceBook.resume(knex, round, sources, now);
    this.keeping = new PairKeeping({
      knex,
      book: this.book,
      sourceBook: this.sourceBook,
      baselineMs,
      keep,
    });
    this.epoch = round.epoch;
    this.leave = () =>
      this.keeping.keepAll({ transact: round.transact }, this.now());
  }

  /** @returns whether pages should look at once */
  private async take(
    round: LeasedRound,
    outcome: ReadOutcome,
  ): Promise<boolean> {
    const { source } = outcome.reader;
    const now = this.now();
    if ('fault' in outcome) {
      const { kind, message } = outcome.fault;
      const hasNews = this.sourceBook.failed(source.id, kind, message, now);
      if (hasNews) {
        await round.transact(tx => this.sourceBook.write(tx, source.id));
      }
      return hasNews;
    }
    const { reading } = outcome;
    await this.readPlaces(now);
    const known = this.sources.get(source.id)!;
    const applied = this.book.apply(known, reading, now);
    this.keeping.touch(applied.pairs);
    let hasNews = this.sourceBook.heard(source.id, reading, now);
    for (let at = 0; at < applied.pairs.length; at += BATCH) {
      await takeTurn();
      const some = applied.pairs.slice(at, at + BATCH);
      await round.transact(tx => writePairs(tx, some, now));
    }
    await takeTurn();
    const problems = [...(reading.problems ?? []), ...applied.problems];
    hasNews =
      (await this.writeRest(round, source.id, reading, problems, now)) ||
      hasNews;
    return hasNews || applied.hasNews;
  }

  private async writeRest(
    round: LeasedRound,
    sourceId: string,
    reading: { failures?: Parameters<typeof writeFailures>[1] },
    problems: LatencyProblem[],
    now: number,
  ): Promise<boolean> {
    const before = JSON.stringify(this.problems.get(sourceId) ?? null);
    this.problems.set(sourceId, problems);
    const isSame = before === JSON.stringify(problems);
    return round.transact(async tx => {
      await this.sourceBook.write(tx, sourceId);
      if (reading.failures) await writeFailures(tx, reading.failures);
      if (isSame) return false;
      const all = [...this.problems.values()].flat();
      return writeProblems(tx, this.options.repository, all, now);
    });
  }

  private findThresholds(pair: PairState) {
    const { from, to, fromProvider, toProvider } = pair;
    const kind = decidePairClass(
      { provider: fromProvider, ...this.places.get(from) },
      { provider: toProvider, ...this.places.get(to) },
    );
    return this.options.thresholds[kind];
  }

  private async readPlaces(now: number): Promise<void> {
    if (Math.abs(now - this.placesAt) < PLACES_MS) return;
    this.placesAt = now;
    const { knex } = this.options;
    this.periods = await readPeriods(knex);
    const rows = await knex('clusters').select('cluster', 'provider', 'region');
    this.places = new Map(
      rows.map(({ cluster, provider, region }) => [
        cluster,
        { ...(provider && { provider }), ...(region && { region }) },
      ]),
    );
  }

  private async tell(hasNews: boolean, hasNumbers: boolean): Promise<void> {
    const isTime = Math.abs(this.now() - this.toldAt) >= TELL_NUMBERS_MS;
    if (!hasNews && !(hasNumbers && isTime)) return;
    this.toldAt = this.now();
    await this.options.hub.publish({ kind: 'links' });
  }
}
