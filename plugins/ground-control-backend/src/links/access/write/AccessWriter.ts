import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { GitFault } from '@ground-control/backstage-plugin-ground-control-node';
import { ChangeHub } from '../../../lib/ChangeHub';
import { readBranchState } from '../../../requests/branch/readBranchState';
import { AccessRow } from '../../../requests/types';
import { WriterTurn } from '../../../requests/writing';
import { applyOutcomes } from '../../../requests/writing/applyOutcomes';
import { claimAccess } from '../../../requests/writing/claimAccess';
import {
  AttemptEnd,
  decideAttempt,
} from '../../../requests/writing/decideAttempt';
import { MirrorFaults } from '../../../requests/writing/MirrorFaults';
import { Outcomes } from '../../../requests/writing/types';
import {
  AccessAttempt,
  AccessAttemptOptions,
  AccessAttemptResult,
} from './AccessAttempt';

export interface AccessWriterOptions extends AccessAttemptOptions {
  logger: LoggerService;
  hub: ChangeHub;
  /** Has ingest look for what was pushed. */
  wantFetch(): Promise<void>;
}

/** Of one turn: releases have theirs in between, and each takes a fetch and a push. */
const MOST = 5;
const UNKNOWN_FAULT =
  'It could not be written for a reason that stands in the log of this backend; it is tried again.';
/** Errors whose words are ours, and meant for people. */
const TOLD = ['GitFault', 'NotFoundError', 'ServiceUnavailableError'];

type WellEnd = AttemptEnd & { kind: 'pushed' | 'refused' };

/** Whether the remote answered what one asks of it. */
function isWell(end: AttemptEnd): end is WellEnd {
  return end.kind === 'pushed' || end.kind === 'refused';
}

/**
 * Makes commits of approved requests for access, one after the other, in the
 * turn of the one who writes releases: two who push would only be in each
 * other's way. What goes wrong with one holds it as it would a release, and
 * keeps neither others nor releases from the branch.
 */
export class AccessWriter {
  readonly #options: AccessWriterOptions;
  readonly #faults: MirrorFaults;
  /** Attempts in a row that brought nothing to the remote. */
  #failures = 0;

  constructor(options: AccessWriterOptions) {
    this.#options = options;
    this.#faults = new MirrorFaults(options);
  }

  /** Writes those that are due. */
  async run(turn: WriterTurn): Promise<void> {
    const { knex, repository, now } = this.#options;
    const reading = await readBranchState(knex, repository);
    // While the branch is read anew nothing can be judged.
    if (reading === undefined) return;
    const due = { repository, now: now(), limit: MOST };
    let rows = await claimAccess(knex, due);
    while (rows.length > 0 && !turn.signal.aborted) {
      const [row, ...others] = rows;
      const result = await this.#attempt(row, turn);
      // Nothing can be had from the remote, for none of them.
      const isCutOff = 'during' in result && result.during === 'fetch';
      const outcomes = this.#decide(isCutOff ? rows : [row], result);
      // What was decided while the branch was read anew is looked at again.
      if ((await readBranchState(knex, repository)) !== reading) return;
      await this.#apply(outcomes, turn);
      if ('end' in result && !isWell(result.end)) {
        turn.fault(new Error(result.end.reason));
        return;
      }
      rows = others;
    }
  }

  async #attempt(
    row: AccessRow,
    turn: WriterTurn,
  ): Promise<AccessAttemptResult> {
    try {
      const result = await new AccessAttempt(this.#options, turn).run(row);
      this.#faults.end();
      if ('end' in result && result.end.kind === 'pushed') {
        await this.#options.wantFetch();
      }
      return result;
    } catch (error) {
      turn.signal.throwIfAborted();
      // The lease was lost: whoever has it goes on.
      if (isError(error) && error.name === 'ConflictError') throw error;
      const reason = await this.#describe(error);
      return { end: { kind: 'write-failed', reason }, during: 'push' };
    }
  }

  async #describe(error: unknown): Promise<string> {
    if (error instanceof GitFault && error.suspectsMirror) {
      return this.#faults.blame(error);
    }
    if (isError(error) && TOLD.includes(error.name)) return error.message;
    this.#options.logger.error(
      'A request for access could not be written',
      isError(error) ? error : undefined,
    );
    return UNKNOWN_FAULT;
  }

  #decide(rows: AccessRow[], result: AccessAttemptResult): Outcomes {
    if ('gone' in result) return new Map();
    if ('outcome' in result) return new Map([[rows[0].number, result.outcome]]);
    const { end, during } = result;
    this.#failures = isWell(end) ? 0 : this.#failures + 1;
    const at = { now: this.#options.now(), failures: this.#failures, during };
    return decideAttempt(rows, end, at);
  }

  async #apply(outcomes: Outcomes, { transact }: WriterTurn): Promise<void> {
    const { hub, now } = this.#options;
    await applyOutcomes(transact, outcomes, now());
    const isNews = [...outcomes.values()].some(
      outcome => outcome.kind !== 'postpone' || outcome.step,
    );
    if (isNews) await hub.publish({ kind: 'requests' });
  }
}
