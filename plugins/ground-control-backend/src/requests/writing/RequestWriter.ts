import { GitFault } from '@ground-control/backstage-plugin-ground-control-node';
import { RoundResult } from '../../lib/Loop';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { readBranchState } from '../branch/readBranchState';
import { ReleaseRow } from '../types';
import { applyOutcomes } from './applyOutcomes';
import { BranchTip } from './BranchTip';
import { claimRequests } from './claimRequests';
import { decideAttempt, decideRest } from './decideAttempt';
import { decideBatch, decideMost, MOST } from './decideBatch';
import { IngestWait } from './IngestWait';
import { MirrorFaults } from './MirrorFaults';
import { PreparedChanges } from './PreparedChanges';
import { Outcomes, WriterTurn, WritingOptions } from './types';
import { AttemptResult, WriteAttempt } from './WriteAttempt';

export interface RequestWriterOptions extends WritingOptions {
  /** How often it looks by itself; requests of this process wake it. */
  intervalMs?: number;
  leaseTtlMs?: number;
  /** So long it waits for ingest before it says so. */
  tellAfterMs?: number;
  /** So long the store has to hand out one artifact. */
  storeTimeoutMs?: number;
  /** Who makes other commits in the same turn, before releases, in this order. */
  others?: ReadonlyArray<{ run(turn: WriterTurn): Promise<void> }>;
}

/** Requests may be approved, and waits may end, on any replica. */
const INTERVAL_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;

/**
 * Turns approved requests into commits of the config repository, one process
 * of several at a time.
 *
 * That a request becomes a commit once, whatever dies when, rests on three
 * things. Commits are noted, in a transaction that the holder of the lease
 * alone can make, before they are pushed. A push names the tip that it was
 * built on, and the other side compares and swaps: of two pushes on one tip
 * one arrives. And nothing is built on a tip before it was looked whether one
 * of the request's earlier commits is reached by it. So it doesn't matter that
 * a holder may sleep between the note and the push. Only ingest, which reads
 * the branch, says that a request is committed; see CommitSettler.
 */
export class RequestWriter {
  readonly #options: RequestWriterOptions;
  readonly #loop: LeasedLoop;
  readonly #tip: BranchTip;
  readonly #wait: IngestWait;
  readonly #prepared: PreparedChanges;
  readonly #faults: MirrorFaults;
  /** Commits that the next push may have. */
  #most = MOST;
  /** Attempts in a row that brought nothing to the remote. */
  #failures = 0;
  /** It lost against others each time, and tries again then. */
  #restUntil = -Infinity;
  #resting?: NodeJS.Timeout;
  #unsubscribe?: () => void;

  constructor(options: RequestWriterOptions) {
    this.#options = options;
    this.#tip = new BranchTip(options.mirror);
    const now = () => this.#now();
    this.#wait = new IngestWait({ ...options, now });
    this.#prepared = new PreparedChanges({ ...options, now });
    this.#faults = new MirrorFaults(options);
    this.#loop = new LeasedLoop({
      ...options,
      name: `writer:${options.repository}`,
      intervalMs: options.intervalMs ?? INTERVAL_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Writing releases failed',
      recovered: 'Releases are written again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    this.#loop.start();
    this.#unsubscribe = this.#options.hub.subscribe(({ kind }) => {
      if (kind === 'requests') this.#loop.wake();
    });
  }

  /** Gives up what is under way: a push may arrive all the same. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
    clearTimeout(this.#resting);
  }

  async #round(round: LeasedRound): Promise<RoundResult> {
    const { knex, repository, hub, others = [] } = this.#options;
    while (!round.signal.aborted) {
      for (const other of others) await other.run({ ...round, tip: this.#tip });
      const reading = await readBranchState(knex, repository);
      if (reading === undefined) return this.#waitForIngest(round);
      if (performance.now() < this.#restUntil) return 'failed';
      const claimed = await claimRequests(knex, {
        repository,
        now: this.#now(),
        limit: MOST,
      });
      const batch = decideBatch(claimed, this.#most);
      if (batch.length === 0) return 'done';
      const result = await this.#attempt(batch, round);
      if (result.waitsForIngest) {
        await this.#options.wantFetch();
        return this.#waitForIngest(round);
      }
      this.#wait.end();
      const outcomes = this.#decide(result);
      // What was decided while the branch was read anew is looked at again;
      // commits that were pushed are noted, and found on the branch then.
      if ((await readBranchState(knex, repository)) !== reading) return 'done';
      await applyOutcomes(round.transact, outcomes, this.#now());
      const isNews = [...outcomes.values()].some(
        outcome => outcome.kind !== 'postpone' || outcome.step,
      );
      if (isNews) await hub.publish({ kind: 'requests' });
      const { end } = result;
      if (end && end.kind !== 'pushed' && end.kind !== 'refused') {
        if (end.kind === 'lost') this.#rest();
        round.fault(new Error(end.reason));
        return 'failed';
      }
    }
    return 'done';
  }

  #rest() {
    const ms = decideRest(this.#failures);
    this.#restUntil = performance.now() + ms;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#restUntil = -Infinity;
      this.#loop.wake();
    }, ms);
    this.#resting.unref();
  }

  async #waitForIngest({ transact }: LeasedRound): Promise<RoundResult> {
    const isNews = await this.#wait.wait(transact);
    if (isNews) await this.#options.hub.publish({ kind: 'requests' });
    return 'done';
  }

  async #attempt(
    batch: ReleaseRow[],
    { transact, signal }: LeasedRound,
  ): Promise<AttemptResult> {
    const attempt = new WriteAttempt({
      ...this.#options,
      tip: this.#tip,
      prepared: this.#prepared,
      transact,
      signal,
    });
    try {
      const result = await attempt.run(batch);
      this.#faults.end();
      if (result.end?.kind === 'pushed') await this.#options.wantFetch();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GitFault) || !error.suspectsMirror) throw error;
      const reason = await this.#faults.blame(error);
      return {
        outcomes: new Map(),
        written: batch,
        during: 'push',
        end: { kind: 'write-failed', reason },
      };
    }
  }

  #decide(result: AttemptResult): Outcomes {
    const { outcomes, written, end, during = 'push' } = result;
    const decided: Outcomes = new Map(outcomes);
    if (!end) return decided;
    if (during === 'push') {
      const pushed = { count: written.length, end: end.kind };
      this.#most = decideMost(this.#most, pushed);
    }
    const isWell = end.kind === 'pushed' || end.kind === 'refused';
    this.#failures = isWell ? 0 : this.#failures + 1;
    const at = {
      now: this.#now(),
      failures: this.#failures,
      during,
      writerRests: true,
    };
    decideAttempt(written, end, at).forEach((outcome, number) =>
      decided.set(number, outcome),
    );
    return decided;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
