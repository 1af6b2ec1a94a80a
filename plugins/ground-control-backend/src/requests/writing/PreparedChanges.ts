import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import { Deadline } from '../../lib/Deadline';
import { withinTime } from '../../lib/withinTime';
import { ReleaseRow } from '../types';
import { buildChanges, BuildOptions, BuiltChanges } from './buildChanges';
import { describeAway } from './describeAway';
import { RequestOutcome } from './types';

/** What a request's commit changes, or why it can't be written as it is. */
export type Prepared = BuiltChanges | { outcome: RequestOutcome };

export interface PreparedChangesOptions
  extends Omit<BuildOptions, 'now' | 'signal'> {
  now(): number;
  /** A store that takes longer for one artifact is away. */
  storeTimeoutMs?: number;
}

const STORE_TIMEOUT_MS = 15_000;
/** Of silence. Stores answer in milliseconds; who waits longer goes later. */
const SOON_MS = 1_000;
/** Of all; what needs no store, such as a rollback, waits with the others. */
const LONGEST_WAIT_MS = 5_000;
const AT_A_TIME = 16;
/** Contents that are held at a time. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Of one that nobody came back for: it was cancelled, say. */
const KEEP_MS = 60_000;

interface Reading {
  result?: Prepared;
  done: Promise<void>;
}

/**
 * Prepares what requests change, each on its own: an artifact that the store
 * doesn't hand out holds up its own request for a while, and no other. Going
 * back needs no store, and waits for none.
 *
 * It outlives an attempt: what came too late for one is there for the next.
 */
export class PreparedChanges {
  readonly #options: PreparedChangesOptions;
  readonly #limit = pLimit(AT_A_TIME);
  readonly #readings = new Map<number, Reading>();
  #bytes = 0;

  constructor(options: PreparedChangesOptions) {
    this.#options = options;
  }

  /**
   * What is known soon; requests whose artifact is still being read are left
   * out. Each result is given once.
   */
  async prepare(
    rows: ReleaseRow[],
    signal: AbortSignal,
  ): Promise<Map<number, Prepared>> {
    const prepared = new Map<number, Prepared>();
    for (const row of rows) {
      if (needsStore(row)) this.#begin(row, signal);
    }
    for (const row of rows) {
      if (!needsStore(row))
        prepared.set(row.number, await this.#build(row, signal));
    }
    await this.#wait(rows, signal);
    for (const { number } of rows) {
      const result = this.#take(number);
      if (result) prepared.set(number, result);
    }
    return prepared;
  }

  #build(row: ReleaseRow, signal: AbortSignal): Promise<Prepared> {
    const now = this.#options.now();
    return buildChanges(row, { ...this.#options, now, signal });
  }

  #begin(row: ReleaseRow, signal: AbortSignal) {
    const { number } = row;
    if (this.#readings.has(number)) return;
    const reading: Reading = {
      done: this.#limit(async () => {
        const result =
          this.#bytes < MAX_BYTES
            ? await this.#read(row, signal).catch(() => undefined)
            : undefined;
        // One that was stopped, or found no room, begins anew.
        if (!result) {
          this.#readings.delete(number);
          return;
        }
        reading.result = result;
        this.#bytes += bytesOf(result);
        setTimeout(() => this.#forget(number, reading), KEEP_MS).unref();
      }),
    };
    this.#readings.set(number, reading);
  }

  async #read(row: ReleaseRow, signal: AbortSignal): Promise<Prepared> {
    const { storeTimeoutMs = STORE_TIMEOUT_MS } = this.#options;
    const late = new Error(
      `The artifact store did not hand out ${row.artifact_id} within ${
        storeTimeoutMs / 1_000
      } seconds; it is asked again`,
    );
    try {
      return await withinTime(
        storeTimeoutMs,
        { signal, late: () => late },
        either => this.#build(row, either),
      );
    } catch (error) {
      if (error !== late) throw error;
      return describeAway(late.message, this.#options.now());
    }
  }

  /**
   * Waits for as long as the store goes on handing out: who is left out goes
   * behind those that are approved later.
   */
  async #wait(rows: ReleaseRow[], signal: AbortSignal): Promise<void> {
    const end = performance.now() + LONGEST_WAIT_MS;
    while (performance.now() < end) {
      const open = this.#findOpen(rows);
      if (open.length === 0) return;
      const ready = new AbortController();
      const either = AbortSignal.any([signal, ready.signal]);
      await Promise.race([...open, timePasses(SOON_MS, either)]);
      ready.abort();
      signal.throwIfAborted();
      // After a standstill of our own, time is up before what came is seen.
      await nextTurn();
      if (this.#findOpen(rows).length === open.length) return;
    }
  }

  #findOpen(rows: ReleaseRow[]): Promise<void>[] {
    return rows.flatMap(({ number }) => {
      const reading = this.#readings.get(number);
      return reading && !reading.result ? reading.done : [];
    });
  }

  #take(number: number): Prepared | undefined {
    const reading = this.#readings.get(number);
    if (!reading?.result) return undefined;
    this.#forget(number, reading);
    return reading.result;
  }

  #forget(number: number, reading: Reading) {
    if (this.#readings.get(number) !== reading) return;
    this.#readings.delete(number);
    if (reading.result) this.#bytes -= bytesOf(reading.result);
  }
}

/** Resolves after so long, or when it is aborted; a standstill of this process doesn't count. */
function timePasses(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const deadline = new Deadline(resolve);
    const end = () => {
      deadline.clear();
      resolve();
    };
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    return deadline.set(ms);
  });
}

function needsStore(row: ReleaseRow): boolean {
  return row.intent !== 'rollback';
}

function bytesOf(result: Prepared): number {
  return 'outcome' in result ? 0 : result.bytes;
}
