import { GitFault } from '@ground-control/backstage-plugin-ground-control-node';
import { RoundResult } from '../../lib/Loop';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { RequestRow } from '../types';
import { applyOutcomes } from './applyOutcomes';
import { BranchTip } from './BranchTip';
import { claimRequests } from './claimRequests';
import { decideAttempt } from './decideAttempt';
import { decideBatch } from './decideBatch';
import { Outcomes, WritingOptions } from './types';
import { AttemptResult, WriteAttempt } from './WriteAttempt';

export interface RequestWriterOptions extends WritingOptions {
  /** How often it looks by itself; requests of this process wake it. */
  intervalMs?: number;
  leaseTtlMs?: number;
}

/** Commits of one push. */
const BATCH = 100;
/** Requests may be approved, and waits may end, on any replica. */
const INTERVAL_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;
/** A mirror on which git fails so often in a row is fetched anew. */
const FAULTS_UNTIL_DISCARD = 3;

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
  /** Attempts in a row that brought nothing to the remote. */
  #failures = 0;
  #faults = 0;
  #unsubscribe?: () => void;

  constructor(options: RequestWriterOptions) {
    this.#options = options;
    this.#tip = new BranchTip(options.mirror);
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
  }

  async #round(round: LeasedRound): Promise<RoundResult> {
    const { knex, repository, hub } = this.#options;
    while (!round.signal.aborted) {
      const claimed = await claimRequests(knex, {
        repository,
        now: this.#now(),
        limit: BATCH,
      });
      const batch = decideBatch(claimed);
      if (batch.length === 0) return 'done';
      const result = await this.#attempt(batch, round);
      if (result.waitsForIngest) {
        await this.#options.wantFetch();
        return 'done';
      }
      const outcomes = this.#decide(result);
      await applyOutcomes(round.transact, outcomes, this.#now());
      const isNews = [...outcomes.values()].some(
        outcome => outcome.kind !== 'postpone' || outcome.step,
      );
      if (isNews) await hub.publish({ kind: 'requests' });
      const { end } = result;
      if (end && end.kind !== 'pushed' && end.kind !== 'refused') {
        round.fault(new Error(end.reason));
        return 'failed';
      }
    }
    return 'done';
  }

  async #attempt(
    batch: RequestRow[],
    { transact, signal }: LeasedRound,
  ): Promise<AttemptResult> {
    const attempt = new WriteAttempt({
      ...this.#options,
      tip: this.#tip,
      transact,
      signal,
    });
    try {
      const result = await attempt.run(batch);
      this.#faults = 0;
      if (result.end?.kind === 'pushed') await this.#options.wantFetch();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GitFault) || !error.suspectsMirror) throw error;
      return this.#blameMirror(batch, error);
    }
  }

  /** A full disk passes; a copy that is damaged doesn't. */
  async #blameMirror(
    batch: RequestRow[],
    error: GitFault,
  ): Promise<AttemptResult> {
    this.#faults += 1;
    if (this.#faults >= FAULTS_UNTIL_DISCARD) {
      this.#faults = 0;
      await this.#options.mirror.discard();
      await this.#options.wantFetch();
    }
    const reason = `${error.message}. Check the disk of this backend; the copy of the repository is fetched anew if it goes on.`;
    return {
      outcomes: new Map(),
      written: batch,
      end: { kind: 'write-failed', reason },
    };
  }

  #decide({ outcomes, written, end }: AttemptResult): Outcomes {
    const decided: Outcomes = new Map(outcomes);
    if (!end) return decided;
    const isWell = end.kind === 'pushed' || end.kind === 'refused';
    this.#failures = isWell ? 0 : this.#failures + 1;
    const at = { now: this.#now(), failures: this.#failures };
    decideAttempt(written, end, at).forEach((outcome, number) =>
      decided.set(number, outcome),
    );
    return decided;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
