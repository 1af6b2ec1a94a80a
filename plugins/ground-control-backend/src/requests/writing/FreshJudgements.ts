import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { RejudgeResult, RequestJudge, RequestRow } from '../types';
import { describeAway } from './describeAway';
import { RequestOutcome } from './types';

/**
 * What else a judgement hangs on (how clusters do, whose a service is) was so
 * lately what it is now.
 */
const FRESH_MS = 2_000;
const AT_A_TIME = 4;
/** Judging asks tables, and a store for what they don't know. */
const TIMEOUT_MS = 5_000;

/**
 * Judges requests again, and remembers for as long as an attempt takes and the
 * policies stay what they are: the push that was quicker than ours may be a
 * freeze.
 */
export class FreshJudgements {
  readonly #judged = new Map<number, { at: number; result: RejudgeResult }>();
  #policies?: string;

  constructor(
    private readonly judge: RequestJudge,
    private readonly now: () => number,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  /**
   * Those that go back to an earlier release come first, and what can't be
   * judged in time keeps the others no longer.
   *
   * @param policies - names the policies of now; see readPolicyKey. Where they
   * can't be told, nothing is remembered
   * @returns what becomes of those that may not be written now
   */
  async judgeAll(
    rows: RequestRow[],
    signal: AbortSignal,
    policies?: string,
  ): Promise<Map<number, RequestOutcome>> {
    if (policies === undefined || policies !== this.#policies) {
      this.#judged.clear();
    }
    this.#policies = policies;
    const limit = pLimit(AT_A_TIME);
    const results = new Map<number, RejudgeResult>();
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const ordered = [...rows].sort((a, b) => rank(a) - rank(b));
    const all = Promise.all(
      ordered.map(row =>
        limit(async () => {
          either.throwIfAborted();
          results.set(row.number, await this.judgeOne(row, either));
        }),
      ),
    );
    const done = new AbortController();
    const until = AbortSignal.any([signal, done.signal]);
    const timeIsUp = sleep(this.timeoutMs, undefined, { signal: until });
    try {
      await Promise.race([all, timeIsUp.catch(() => {})]);
    } finally {
      done.abort();
      over.abort();
      all.catch(() => {});
    }
    signal.throwIfAborted();
    return this.decide(rows, results);
  }

  private decide(
    rows: RequestRow[],
    results: Map<number, RejudgeResult>,
  ): Map<number, RequestOutcome> {
    const outcomes = new Map<number, RequestOutcome>();
    for (const { number } of rows) {
      const result = results.get(number);
      if (!result) {
        const { outcome } = describeAway(
          'What the policies say of it now was not to be had in time, which waits for the artifact store or the database; it is judged again',
          this.now(),
        );
        outcomes.set(number, outcome);
      } else if (result.kind !== 'go') {
        const { kind, code, message } = result;
        // Who resumes it says when; the writer sets itself no time then.
        outcomes.set(number, { kind, code, message });
      }
    }
    return outcomes;
  }

  private async judgeOne(
    row: RequestRow,
    signal: AbortSignal,
  ): Promise<RejudgeResult> {
    const known = this.#judged.get(row.number);
    const at = this.now();
    if (known && at - known.at < FRESH_MS) return known.result;
    const result = await this.judge.rejudge(row, { now: new Date(at), signal });
    this.#judged.set(row.number, { at, result });
    return result;
  }
}

function rank({ intent }: RequestRow): number {
  return intent === 'rollback' ? 0 : 1;
}
