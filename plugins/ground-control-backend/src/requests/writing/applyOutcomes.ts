import { Knex } from 'knex';
import { addStep, cleanMessage } from '../addStep';
import { moveRequest } from '../moveRequest';
import { lockRequests } from '../store/lockRequests';
import { RequestRow } from '../types';
import { Outcomes, RequestOutcome, Transact } from './types';
import { waitsForWriter } from './waitsForWriter';

export const WRITER = 'system:writer';
/** Each is some statements; on SQLite everybody waits for a transaction. */
const CHUNK = 25;

/**
 * Writes what a round came to. A request that something else happened to
 * meanwhile is left as it is.
 */
export async function applyOutcomes(
  transact: Transact,
  outcomes: Outcomes,
  now: number,
): Promise<void> {
  const numbers = [...outcomes.keys()].sort((a, b) => a - b);
  for (let at = 0; at < numbers.length; at += CHUNK) {
    await transact(async tx => {
      const rows = await lockRequests(tx, numbers.slice(at, at + CHUNK));
      for (const row of rows) {
        const outcome = outcomes.get(row.number);
        if (outcome && waitsForWriter(row)) {
          await applyOne(tx, row, outcome, now);
        }
      }
    });
  }
}

async function applyOne(
  tx: Knex.Transaction,
  row: RequestRow,
  outcome: RequestOutcome,
  now: number,
): Promise<void> {
  const { number } = row;
  switch (outcome.kind) {
    case 'postpone': {
      const { until, attempts, step } = outcome;
      await tx('release_requests')
        .where({ number })
        .update({
          next_attempt_at: until,
          ...(attempts !== undefined && { attempts }),
        });
      // The same again, twenty times a minute, is no news.
      if (step && (await readLastCode(tx, number)) !== step.code) {
        await addStep(tx, { number, at: now, by: WRITER, ...step });
      }
      return;
    }
    case 'hold':
      await hold(tx, row, outcome, now);
      return;
    case 'commit': {
      const { revision, position, message } = outcome;
      await moveRequest(tx, {
        number,
        event: {
          type: 'commit',
          at: now,
          code: 'committed',
          message,
          actor: WRITER,
          changes: { revision, position, committed_at: now },
        },
      });
      return;
    }
    default:
      await moveRequest(tx, {
        number,
        event: {
          type: outcome.kind,
          at: now,
          code: outcome.code,
          message: outcome.message,
          actor: WRITER,
        },
      });
  }
}

async function readLastCode(
  tx: Knex.Transaction,
  number: number,
): Promise<string | undefined> {
  const last = await tx('release_request_steps')
    .where({ number })
    .orderBy('step', 'desc')
    .first('code');
  return last?.code;
}

async function hold(
  tx: Knex.Transaction,
  row: RequestRow,
  outcome: Extract<RequestOutcome, { kind: 'hold' }>,
  now: number,
): Promise<void> {
  const { number } = row;
  const { code, message } = outcome;
  const next = {
    next_attempt_at: outcome.until ?? null,
    ...(outcome.attempts !== undefined && { attempts: outcome.attempts }),
  };
  if (row.state !== 'held') {
    await moveRequest(tx, {
      number,
      event: {
        type: 'hold',
        at: now,
        code,
        message,
        actor: WRITER,
        changes: next,
      },
    });
    return;
  }
  // It is held already: only a new reason is news.
  await tx('release_requests')
    .where({ number })
    .update({ ...next, code, message: cleanMessage(message) });
  if (row.code !== code) {
    await addStep(tx, { number, at: now, by: WRITER, code, message });
  }
}
