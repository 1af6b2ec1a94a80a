import { RejudgeResult, RequestEvent } from '../types';

/**
 * What holds a request may end sooner than it says: whoever shortens a freeze
 * doesn't tell those that it holds.
 */
const LOOK_AGAIN_MS = 60_000;

type Next =
  | { kind: 'wait'; until: number }
  | { kind: 'move'; event: Omit<RequestEvent, 'at' | 'actor'> };

/** Decides what becomes of a held request by what it was judged to be now. */
export function decideHeld(result: RejudgeResult, at: number): Next {
  switch (result.kind) {
    case 'go':
      return {
        kind: 'move',
        event: {
          type: 'resume',
          code: 'resumed',
          message: 'Nothing holds it back any more.',
          changes: { next_attempt_at: null },
        },
      };
    case 'hold': {
      const until = Math.min(result.until ?? Infinity, at + LOOK_AGAIN_MS);
      return { kind: 'wait', until: Math.max(until, at + 1_000) };
    }
    default: {
      const { kind: type, code, message } = result;
      return { kind: 'move', event: { type, code, message } };
    }
  }
}
