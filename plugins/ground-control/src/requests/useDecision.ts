import { useState } from 'react';
import {
  AcceptedWarning,
  ReleaseRequestDetail,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useAction } from '../hooks/useAction';
import { Live } from '../hooks/useLive';
import { compareDetails, DetailDifference } from './compareDetails';

/** What the reader does with a request: what they saw, ticked and wrote, and what became of it. */
export interface Decision {
  /** The newest that is known: an answer to an action, or what was loaded since. */
  detail: ReleaseRequestDetail;
  /** The warnings that were ticked, as they read then. */
  accepted: AcceptedWarning[];
  tick(warning: AcceptedWarning, accepted: boolean): void;
  comment: string;
  setComment(comment: string): void;
  /** What is being sent. */
  busy?: string;
  /** Why the last action failed. */
  error?: unknown;
  /** The server's words where it refused because something had changed, or expired. */
  conflict?: string;
  /** How what is shown differs from what the reader saw; absent where it doesn't. */
  difference?: DetailDifference;
  /** What is shown counts as seen from now on. */
  reviewAgain(): void;
  /** Sends something; its answer is shown at once. */
  act(
    name: string,
    send: () => Promise<ReleaseRequestDetail>,
  ): Promise<ReleaseRequestDetail | undefined>;
}

/**
 * Binds what is decided to what was seen: ticks are for the evidence that they
 * were made on, and evidence that changed must be reviewed first.
 */
export function useDecision(
  loaded: ReleaseRequestDetail,
  live: Live<ReleaseRequestDetail>,
): Decision {
  const [answer, setAnswer] = useState<{
    at: number;
    detail: ReleaseRequestDetail;
  }>();
  const detail =
    answer && answer.at >= (live.receivedAt ?? 0) ? answer.detail : loaded;
  const [seen, setSeen] = useState(detail);
  const [ticks, setTicks] = useState<AcceptedWarning[]>([]);
  const [comment, setComment] = useState('');
  const [conflict, setConflict] = useState<string>();
  const { busy, error, run } = useAction();

  const changed =
    detail.request.state === 'pending' && detail.evidence !== seen.evidence;
  return {
    detail,
    accepted: changed || conflict !== undefined ? [] : ticks,
    tick: ({ policy, reason }, accepted) =>
      setTicks(before => [
        ...before.filter(other => other.policy !== policy),
        ...(accepted ? [{ policy, reason }] : []),
      ]),
    comment,
    setComment,
    busy,
    error,
    conflict,
    difference:
      changed || conflict !== undefined
        ? compareDetails(seen, detail)
        : undefined,
    reviewAgain: () => {
      setSeen(detail);
      setTicks([]);
      setConflict(undefined);
    },
    act: (name, send) =>
      run(name, async () => {
        try {
          const result = await send();
          setAnswer({ at: Date.now(), detail: result });
          setSeen(result);
          setConflict(undefined);
          return result;
        } catch (failure) {
          live.refresh();
          const { statusCode, cause, message } = failure as {
            statusCode?: number;
            cause?: { message?: string };
            message?: string;
          };
          if (statusCode !== 409 && statusCode !== 410) throw failure;
          setConflict(cause?.message ?? message ?? '');
          setTicks([]);
          return undefined;
        }
      }),
  };
}
