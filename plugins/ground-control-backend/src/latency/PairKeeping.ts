import { Knex } from 'knex';
import { LeasedRound } from '../lib/LeasedLoop';
import { takeTurn } from '../lib/takeTurn';
import { PairBook, seal } from './book/PairBook';
import { summarize, SUMMARY_MS } from './book/summarize';
import { PairState } from './book/types';
import { SourceBook } from './SourceBook';
import { readDays, rollUpDays } from './store/days';
import { forgetPairs } from './store/forgetPairs';
import { writePairs, writeResumes } from './store/writePairs';
import { DAY_MS, FIVE_MS, floorTo, HOUR_MS, MINUTE_MS } from './times';

type Transact = Pick<LeasedRound, 'transact'>;

/** Links in one transaction: on SQLite it holds up the process. */
const BATCH = 10;
/** Links that are summed up in one round; each reads a week. */
const SUMMARIES = 40;
/** Days in one transaction: each is unpacked, and packed as hours. */
const DAYS_AT_ONCE = 10;
/** A day of samples: from then on hours make no difference to a baseline. */
const YOUNG_SLOTS = DAY_MS / FIVE_MS;
/** What was counted until then has arrived by now. */
const LATE_MS = MINUTE_MS;

/**
 * Keeps samples beyond this process: once a minute what the next reader goes on
 * with, each hour what is over as packed days, and sums of the days.
 */
export class PairKeeping {
  private readonly touched = new Set<PairState>();
  private keptMinute = 0;
  private rolledUpAt = 0;

  constructor(
    private readonly options: {
      knex: Knex;
      book: PairBook;
      sourceBook: SourceBook;
      baselineMs: number;
      keep: { fivesMs: number; hoursMs: number };
    },
  ) {}

  /** Has something to be kept. */
  touch(pairs: readonly PairState[]): void {
    for (const pair of pairs) this.touched.add(pair);
  }

  /** What a round has to do. */
  async keep(round: LeasedRound, now: number): Promise<void> {
    const minute = floorTo(now, MINUTE_MS);
    if (minute !== this.keptMinute) {
      await this.keepAll(round, now);
      this.keptMinute = minute;
    }
    await this.rollUp(round, now);
    await this.summarizeSome(round, now);
  }

  /** Keeps all that only this process knows. */
  async keepAll(round: Transact, now: number): Promise<void> {
    const hour = floorTo(now, HOUR_MS);
    for (const pair of this.options.book.pairs.values()) {
      if (pair.sealedUntil < hour) {
        seal(pair, now);
        this.touched.add(pair);
      }
    }
    const pairs = [...this.touched];
    const untils = this.options.sourceBook.listUntils();
    for (let at = 0; at < pairs.length; at += BATCH) {
      const some = pairs.slice(at, at + BATCH);
      await takeTurn();
      await round.transact(tx => writeResumes(tx, some));
      for (const pair of some) {
        pair.unpacked = [];
        this.touched.delete(pair);
      }
    }
    for (const [id, until] of untils) this.options.sourceBook.kept(id, until);
    await round.transact(tx => this.options.sourceBook.write(tx));
  }

  private isDue(pair: PairState, now: number): boolean {
    const { until, slots } = pair.summary;
    if (until < floorTo(now - LATE_MS, HOUR_MS)) return true;
    return slots < YOUNG_SLOTS && until < floorTo(now - LATE_MS, FIVE_MS);
  }

  private async summarizeSome(round: LeasedRound, now: number): Promise<void> {
    const { knex, book, baselineMs } = this.options;
    const due: PairState[] = [];
    for (const pair of book.pairs.values()) {
      if (pair.unpacked.length > 0 || !this.isDue(pair, now)) continue;
      due.push(pair);
      if (due.length === SUMMARIES) break;
    }
    if (due.length === 0) return;
    const until = floorTo(now - LATE_MS, FIVE_MS);
    for (const pair of due) {
      await takeTurn();
      const packed = await readDays(knex, pair, until - SUMMARY_MS);
      const open = pair.fives.filter(({ start }) => start >= pair.sealedUntil);
      pair.summary = summarize([...packed, ...open], { until, baselineMs });
      this.touched.add(pair);
    }
    for (let at = 0; at < due.length; at += BATCH) {
      const some = due.slice(at, at + BATCH);
      await takeTurn();
      await round.transact(tx => writePairs(tx, some, now));
    }
  }

  private async rollUp(round: LeasedRound, now: number): Promise<void> {
    const hour = floorTo(now, HOUR_MS);
    if (this.rolledUpAt === hour) return;
    const { keep, book } = this.options;
    const hasMore = await round.transact(tx =>
      rollUpDays(tx, {
        fivesBefore: floorTo(now - keep.fivesMs, DAY_MS),
        hoursBefore: floorTo(now - keep.hoursMs, DAY_MS),
        most: DAYS_AT_ONCE,
      }),
    );
    if (hasMore) return;
    this.rolledUpAt = hour;
    const gone = await round.transact(tx =>
      forgetPairs(tx, now - keep.fivesMs),
    );
    for (const key of gone) {
      const pair = book.pairs.get(key);
      if (pair) this.touched.delete(pair);
      book.pairs.delete(key);
    }
  }
}
