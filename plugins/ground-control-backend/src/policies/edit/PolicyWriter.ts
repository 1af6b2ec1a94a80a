import { isError } from '@backstage/errors';
import {
  CommitPlan,
  Mirror,
  PushResult,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { appendAudit } from '../../audit/appendAudit';
import {
  AUDIT_HEAD_TRAILER,
  formatAuditHead,
} from '../../audit/auditHeadTrailer';
import { readAuditHead } from '../../audit/readAuditHead';
import { AuditHead } from '../../audit/types';
import { WriterTurn, WritingSettings } from '../../requests/writing';
import { buildPolicyEvent } from './buildPolicyEvent';
import { PolicyEditor } from './PolicyEditor';
import {
  movePolicyChange,
  PolicyChangeRow,
  readNextPolicyChange,
} from './policyChangeRow';

export interface PolicyWriterOptions {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  editor: PolicyEditor;
  writing: WritingSettings;
  /** Has ingest look for what was pushed. */
  wantFetch(): Promise<void>;
  now(): Date;
}

/** Others may push all the time; whoever waits for the change does not. */
const MAX_MOVES = 8;
/** Nobody waits for it any more, and was told that it wasn't made. */
const TOO_LATE_MS = 60_000;
const LOOK_AGAIN_MS = 5_000;

type End = Parameters<typeof movePolicyChange>[3];

interface PlannedChange {
  base: string;
  plan: CommitPlan;
  head: AuditHead;
}

/**
 * Makes commits of changes of policies, in the turn of the one who writes
 * releases: two who push would only be in each other's way.
 *
 * As of a release, its commit is noted before it is pushed, so that whatever
 * dies when, the branch tells whether it arrived. A change isn't tried again
 * later: whoever made it sees at once what came of it.
 */
export class PolicyWriter {
  constructor(private readonly options: PolicyWriterOptions) {}

  /** Writes those that wait, one after the other. */
  async run(turn: WriterTurn): Promise<void> {
    const { knex, repository } = this.options;
    while (!turn.signal.aborted) {
      const row = await readNextPolicyChange(knex, {
        repository,
        now: this.#now(),
      });
      if (!row) return;
      await this.#write(row, turn);
    }
  }

  async #write(row: PolicyChangeRow, turn: WriterTurn): Promise<void> {
    if (row.state === 'writing') {
      await this.#lookAgain(row, turn);
      return;
    }
    if (this.#now() - row.askedAt > TOO_LATE_MS) {
      await this.#end(row, turn, {
        state: 'failed',
        code: 'too-late',
        message: 'It was too late to write it. Make the change again.',
      });
      return;
    }
    const isOurs = await turn.transact(tx =>
      movePolicyChange(tx, row.number, ['waiting'], { state: 'writing' }),
    );
    if (!isOurs) return;
    let end: End | undefined;
    try {
      end = await this.#attempt(row, turn);
    } catch (error) {
      turn.signal.throwIfAborted();
      if (!isError(error) || error.name === 'ConflictError') throw error;
      // Nothing was pushed: a push never throws.
      end = { state: 'failed', code: 'write-failed', message: error.message };
    }
    if (end) await this.#end(row, turn, end);
  }

  /** @returns what it comes to; undefined where only the branch can tell */
  async #attempt(
    row: PolicyChangeRow,
    turn: WriterTurn,
  ): Promise<End | undefined> {
    const { mirror, writing } = this.options;
    const { tip, signal } = turn;
    for (let moves = 0; moves < MAX_MOVES; moves += 1) {
      const fetched = await tip.refresh(signal);
      if (fetched.kind !== 'fetched') {
        return {
          state: 'failed',
          code: `remote-${fetched.kind}`,
          message: fetched.reason,
        };
      }
      const planned = await this.#plan(row, signal);
      if ('end' in planned) return planned.end;
      const { base, plan, head } = planned;
      const [revision] = await mirror.write({
        base,
        commits: [plan],
        signing: writing.signing,
        signal,
      });
      await turn.transact(tx =>
        movePolicyChange(tx, row.number, ['writing'], {
          state: 'writing',
          revision,
          head,
        }),
      );
      const pushed = await mirror.push({
        expected: base,
        tip: revision,
        signal,
      });
      if (pushed.kind === 'pushed') {
        tip.pushed(base, revision);
        await this.#settle({ ...row, revision, head }, turn);
        return undefined;
      }
      if (pushed.kind !== 'moved') return this.#giveUp(row, turn, pushed);
    }
    return {
      state: 'failed',
      code: 'remote-busy',
      message: `Others wrote to the branch ${MAX_MOVES} times, each just before the change could. Make it again in a minute.`,
    };
  }

  async #plan(
    row: PolicyChangeRow,
    signal: AbortSignal,
  ): Promise<{ end: End } | PlannedChange> {
    const { knex, editor, writing } = this.options;
    const head = await readAuditHead(knex);
    const result = await editor.plan(
      row.change,
      { ...writing, changedBy: row.by },
      {
        now: new Date(this.#now()),
        signal,
        reason: row.reason,
        trailers: [[AUDIT_HEAD_TRAILER, formatAuditHead(head)]],
      },
    );
    if (result.kind === 'unchanged') return { end: { state: 'unchanged' } };
    if (result.kind === 'refused') {
      const { message } = result;
      return { end: { state: 'refused', code: 'refused', message } };
    }
    return result.object === row.object
      ? { base: result.base, plan: result.plan, head }
      : {
          end: {
            state: 'changed',
            code: 'changed',
            message: `${result.path} was changed meanwhile.`,
          },
        };
  }

  /** A push that wasn't answered may have arrived all the same. */
  async #giveUp(
    row: PolicyChangeRow,
    turn: WriterTurn,
    { kind, reason }: Exclude<PushResult, { kind: 'pushed' }>,
  ): Promise<End | undefined> {
    const code = `remote-${kind}`;
    const isCertain = ['refused', 'forbidden', 'missing'].includes(kind);
    if (isCertain) return { state: 'failed', code, message: reason };
    await this.#postpone(row, turn, { code, message: reason });
    return undefined;
  }

  async #postpone(
    row: PolicyChangeRow,
    turn: WriterTurn,
    why: { code?: string; message?: string },
  ): Promise<void> {
    await turn.transact(tx =>
      movePolicyChange(tx, row.number, ['writing'], {
        ...why,
        state: 'writing',
        nextAttemptAt: this.#now() + LOOK_AGAIN_MS,
      }),
    );
  }

  /** Of one that was begun before: whether its commit is on the branch. */
  async #lookAgain(row: PolicyChangeRow, turn: WriterTurn): Promise<void> {
    const { mirror } = this.options;
    const fetched = await turn.tip.refresh(turn.signal);
    if (fetched.kind !== 'fetched') {
      const { code = 'interrupted', message = fetched.reason } = row;
      await this.#postpone(row, turn, { code, message });
      return;
    }
    const arrived =
      row.revision !== undefined &&
      (await mirror.contains({
        revision: row.revision,
        tip: fetched.tip,
        signal: turn.signal,
      }));
    if (arrived) {
      await this.#settle(row, turn);
      return;
    }
    await this.#end(row, turn, {
      state: 'failed',
      code: row.code ?? 'interrupted',
      message: row.message ?? 'Writing it was interrupted. Make it again.',
    });
  }

  /** Says that it is on the branch: with the trail's entry, and what vouches for the trail. */
  async #settle(row: PolicyChangeRow, turn: WriterTurn): Promise<void> {
    const { repository, wantFetch } = this.options;
    const { revision, head } = row;
    await turn.transact(async tx => {
      const moved = await movePolicyChange(tx, row.number, ['writing'], {
        state: 'done',
        revision,
      });
      if (!moved) return;
      if (head && head.sequence > 0) {
        await tx('audit_anchors')
          .insert({ repository, revision, ...head })
          .onConflict(['repository', 'revision'])
          .ignore();
      }
      await appendAudit(tx, {
        ...buildPolicyEvent(row),
        at: this.#now(),
        revision,
      });
    });
    // What waits is judged by what holds now.
    await turn.tip.refresh(turn.signal);
    await wantFetch();
  }

  async #end(row: PolicyChangeRow, turn: WriterTurn, end: End): Promise<void> {
    await turn.transact(tx =>
      movePolicyChange(tx, row.number, ['waiting', 'writing'], {
        ...end,
        revision: null,
      }),
    );
  }

  #now(): number {
    return this.options.now().getTime();
  }
}
