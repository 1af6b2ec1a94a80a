import { useRef, useState } from 'react';
import { ReleaseRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { useAction } from '../hooks/useAction';
import { makeKey } from '../lib/makeKey';

/** A form being sent. */
export interface Sending<F> {
  sending: boolean;
  /** Why it failed the last time. */
  error?: unknown;
  /** What came of it. */
  asked?: ReleaseRequest[];
  send(form: F): void;
  /** Starts anew; not while it is being sent. */
  reset(): void;
}

/**
 * Sends a form once. Two presses are one, and what is sent again after a
 * failure has the same key for as long as it says the same: whether the first
 * arrived can't be known after a timeout.
 */
export function useSending<F>(
  post: (form: F & { idempotencyKey: string }) => Promise<ReleaseRequest[]>,
): Sending<F> {
  const [asked, setAsked] = useState<ReleaseRequest[]>();
  const { busy, error, run, clear } = useAction();
  const attempt = useRef<{ content: string; key: string; done?: true }>();
  return {
    sending: busy !== undefined,
    error,
    asked,
    send: form => {
      // What arrived isn't asked again by a press that came before it was drawn.
      if (attempt.current?.done) return;
      run('send', async () => {
        const content = JSON.stringify(form);
        if (attempt.current?.content !== content) {
          attempt.current = { content, key: makeKey() };
        }
        const sent = attempt.current;
        setAsked(await post({ ...form, idempotencyKey: sent.key }));
        sent.done = true;
      });
    },
    reset: () => {
      if (busy !== undefined) return;
      clear();
      attempt.current = undefined;
      setAsked(undefined);
    },
  };
}
