import { useCallback, useEffect, useRef, useState } from 'react';
import { ReleaseRequest } from '@ground-control/backstage-plugin-ground-control-common';
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
  const [state, setState] = useState<
    Pick<Sending<F>, 'sending' | 'error' | 'asked'>
  >({ sending: false });
  const postRef = useRef(post);
  postRef.current = post;
  const attempt = useRef<{ content: string; key: string }>();
  const busy = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const send = useCallback((form: F) => {
    if (busy.current) return;
    busy.current = true;
    const content = JSON.stringify(form);
    if (attempt.current?.content !== content) {
      attempt.current = { content, key: makeKey() };
    }
    setState({ sending: true });
    postRef
      .current({ ...form, idempotencyKey: attempt.current.key })
      .then(
        asked => {
          attempt.current = undefined;
          return { sending: false, asked };
        },
        error => ({ sending: false, error }),
      )
      .then(after => {
        busy.current = false;
        if (mounted.current) setState(after);
      });
  }, []);
  const reset = useCallback(() => {
    if (busy.current) return;
    attempt.current = undefined;
    setState({ sending: false });
  }, []);
  return { ...state, send, reset };
}
