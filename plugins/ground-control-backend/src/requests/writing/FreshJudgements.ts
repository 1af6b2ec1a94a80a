import pLimit from 'p-limit';
import { RejudgeResult, RequestJudge, RequestRow } from '../types';
import { RequestOutcome } from './types';

/** Policies that were read so lately are those of now. */
const FRESH_MS = 2_000;
const AT_A_TIME = 4;

/** Judges requests again, and remembers for as long as an attempt takes. */
export class FreshJudgements {
  readonly #judged = new Map<number, { at: number; result: RejudgeResult }>();

  constructor(
    private readonly judge: RequestJudge,
    private readonly now: () => number,
  ) {}

  /** @returns what becomes of those that may not be written now */
  async judgeAll(
    rows: RequestRow[],
    signal: AbortSignal,
  ): Promise<Map<number, RequestOutcome>> {
    const limit = pLimit(AT_A_TIME);
    const outcomes = new Map<number, RequestOutcome>();
    await Promise.all(
      rows.map(row =>
        limit(async () => {
          signal.throwIfAborted();
          const result = await this.judgeOne(row, signal);
          if (result.kind === 'go') return;
          const { kind, code, message } = result;
          // Who resumes it says when; the writer sets itself no time then.
          outcomes.set(row.number, { kind, code, message });
        }),
      ),
    );
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
