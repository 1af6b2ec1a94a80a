import {
  FetchResult,
  PushResult,
} from '@ground-control/backstage-plugin-ground-control-node';
import { RequestRow } from '../types';
import { SETTLE_MS } from './decideArrived';
import { Outcomes, RequestOutcome } from './types';

/**
 * Pushes of one request alone that may be refused before it is held, after a
 * minute, and before it is given up: an approval stays good for a quarter of an
 * hour, in which somebody may open the branch again.
 */
export const REFUSALS_TO_HOLD = 5;
export const MAX_REFUSALS = 19;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** How long to wait after so many failures in a row, from 1. */
export function decideWait(failures: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
}

const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 8_000;

/**
 * How long the writer rests when others were quicker each time, so many times
 * in a row, from 1.
 */
export function decideRest(failures: number): number {
  return Math.min(FIRST_REST_MS * 2 ** (failures - 1), LONGEST_REST_MS);
}

/** How an attempt to write ended that isn't begun again at once. */
export type AttemptEnd =
  | PushResult
  | Exclude<FetchResult, { kind: 'fetched' }>
  /** Others were quicker, each time. */
  | { kind: 'lost'; reason: string }
  /** The commits couldn't be made. */
  | { kind: 'write-failed'; reason: string };

/** Decides what the end of an attempt means for each request of it. */
export function decideAttempt(
  rows: RequestRow[],
  end: AttemptEnd,
  at: {
    now: number;
    /** In a row, this one counted. */
    failures: number;
    during: 'fetch' | 'push';
    /** When others were quicker, the writer waits instead of each request. */
    writerRests?: boolean;
  },
): Outcomes {
  const wasAlone = at.during === 'push' && rows.length === 1;
  const wasWithOthers = at.during === 'push' && rows.length > 1;
  return new Map(
    rows.map(row => [
      row.number,
      decideOne({ row, wasAlone, wasWithOthers, end, ...at }),
    ]),
  );
}

interface Attempted {
  row: RequestRow;
  wasAlone: boolean;
  wasWithOthers: boolean;
  end: AttemptEnd;
  now: number;
  failures: number;
  writerRests?: boolean;
}

function decideOne(attempted: Attempted): RequestOutcome {
  const { row, wasWithOthers, end, now, failures, writerRests } = attempted;
  const until = now + decideWait(failures);
  switch (end.kind) {
    case 'pushed':
      // Ingest, which reads the branch, says that it is committed.
      return { kind: 'postpone', until: now + SETTLE_MS };
    case 'refused':
      return decideRefused(row, wasWithOthers, end.reason, now);
    case 'moved':
    case 'lost':
      // So they keep their place before those that are approved meanwhile.
      return {
        kind: 'postpone',
        until: writerRests ? now : until,
        step: { code: 'push-lost', message: end.reason },
      };
    case 'failing':
      // One commit that the other side can't take may be at fault: next time
      // each goes alone, so that it keeps no other from the branch.
      if (wasWithOthers) {
        return {
          kind: 'postpone',
          until,
          attempts: Math.max(row.attempts, 1),
          step: { code: 'remote-failing', message: end.reason },
        };
      }
      return holdBack(attempted, `remote-${end.kind}`, end.reason);
    case 'timeout':
      // The next push takes half as many; see decideBatch.
      return holdBack(attempted, `remote-${end.kind}`, end.reason);
    case 'write-failed':
      return { kind: 'hold', code: end.kind, message: end.reason, until };
    default:
      return {
        kind: 'hold',
        code: `remote-${end.kind}`,
        message: end.reason,
        until,
      };
  }
}

/**
 * One that brought nothing though it went alone goes alone again, and seldom:
 * others may get through meanwhile, and each try keeps them waiting.
 */
function holdBack(
  { row, wasAlone, now, failures }: Attempted,
  code: string,
  message: string,
): RequestOutcome {
  const isStuck = wasAlone && row.attempts > 0;
  return {
    kind: 'hold',
    code,
    message,
    until: now + (isStuck ? LONGEST_WAIT_MS : decideWait(failures)),
    ...(wasAlone && { attempts: Math.max(row.attempts, 1) }),
  };
}

/** Together with others it isn't known whose commit was refused. */
function decideRefused(
  row: RequestRow,
  wasWithOthers: boolean,
  reason: string,
  now: number,
): RequestOutcome {
  const attempts = row.attempts + 1;
  if (wasWithOthers) return { kind: 'postpone', until: now, attempts };
  const code = 'push-refused';
  if (attempts > MAX_REFUSALS) return { kind: 'fail', code, message: reason };
  const until = now + decideWait(attempts);
  return attempts > REFUSALS_TO_HOLD
    ? {
        kind: 'hold',
        code,
        message: `Not released, and tried again every minute for a quarter of an hour. ${reason}`,
        until,
        attempts,
      }
    : { kind: 'postpone', until, attempts, step: { code, message: reason } };
}
