import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  AskForReleases,
  ReleaseRequest,
} from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';
import { makeKey } from '../lib/makeKey';

/** A form being sent. */
export interface Asking {
  sending: boolean;
  /** Why it failed the last time. */
  error?: unknown;
  /** What came of it. */
  asked?: ReleaseRequest[];
  send(form: Omit<AskForReleases, 'idempotencyKey'>): void;
  /** Starts anew; not while it is being sent. */
  reset(): void;
}

/**
 * Sends a form once. Two presses are one, and what is sent again after a
 * failure has the same key for as long as it says the same: whether the first
 * arrived can't be known after a timeout.
 */
export function useAsk(): Asking {
  const api = useApi(groundControlApiRef);
  const [state, setState] = useState<
    Pick<Asking, 'sending' | 'error' | 'asked'>
  >({ sending: false });
  const attempt = useRef<{ content: string; key: string }>();
  const busy = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const send = useCallback<Asking['send']>(
    form => {
      if (busy.current) return;
      busy.current = true;
      const content = JSON.stringify(form);
      if (attempt.current?.content !== content) {
        attempt.current = { content, key: makeKey() };
      }
      setState({ sending: true });
      api
        .askForReleases({ ...form, idempotencyKey: attempt.current.key })
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
    },
    [api],
  );
  const reset = useCallback(() => {
    if (busy.current) return;
    attempt.current = undefined;
    setState({ sending: false });
  }, []);
  return { ...state, send, reset };
}
