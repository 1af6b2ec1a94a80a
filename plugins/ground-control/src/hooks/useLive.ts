import { useCallback, useEffect, useReducer, useRef } from 'react';
import { ChangeSignal } from '@ground-control/backstage-plugin-ground-control-common';
import { decideFollow, FIRST_POLL_MS, POLL_MS } from '../lib/decideFollow';
import { useChangeSignals } from './useChangeSignals';

/** What is known of a question to the backend. */
export interface Live<T> {
  /** The last answer to this question; stays while it is asked again. */
  data?: T;
  /** Why the last request failed; `data` may be older than it. */
  error?: unknown;
  /** No answer and no failure yet. */
  loading: boolean;
  /** When the data came, in milliseconds since 1970. */
  receivedAt?: number;
  /** Asks again at once. */
  refresh(): void;
}

type State<T> = { key: string } & Pick<
  Live<T>,
  'data' | 'error' | 'receivedAt'
>;

/**
 * Asks the backend, and asks again when a signal says that something changed,
 * every 30 s, and when the page is looked at again; not while it is hidden.
 *
 * `key` names the question: data of another question is never shown. `kinds`
 * are the changes that it depends on; absent for all. `marksOf` tells whose
 * services an answer is of, so that changes of others don't count.
 */
export function useLive<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  kinds?: ChangeSignal['kind'][],
  marksOf?: (data: T) => string[] | undefined,
): Live<T> {
  const [state, update] = useReducer(
    (before: State<T>, change: Partial<State<T>> & { key: string }) =>
      before.key === change.key ? { ...before, ...change } : change,
    { key },
  );
  const loadRef = useRef(load);
  loadRef.current = load;
  const askRef = useRef<() => void>(() => {});
  const followRef = useRef<() => void>(() => {});
  const askedAt = useRef(0);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running: AbortController | undefined;
    let again = false;
    let answers = 0;
    const ask = async () => {
      clearTimeout(timer);
      running?.abort();
      askedAt.current = Date.now();
      const controller = new AbortController();
      running = controller;
      again = false;
      try {
        const data = await loadRef.current(controller.signal);
        if (controller.signal.aborted) return;
        answers += 1;
        update({ key, data, error: undefined, receivedAt: Date.now() });
      } catch (error) {
        if (controller.signal.aborted) return;
        update({ key, error });
      }
      running = undefined;
      if (again) {
        ask();
        return;
      }
      const wait = answers === 1 ? FIRST_POLL_MS : POLL_MS;
      timer = document.hidden ? undefined : setTimeout(ask, wait);
    };
    const onVisibility = () => {
      if (document.hidden) clearTimeout(timer);
      else ask();
    };
    askRef.current = ask;
    // A request that is under way is let finish: where changes come faster than
    // answers, the page would otherwise never get one.
    followRef.current = () => {
      if (running) again = true;
      else ask();
    };
    ask();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      clearTimeout(timer);
      running?.abort();
    };
  }, [key]);

  const pending = useRef<{
    timer: ReturnType<typeof setTimeout>;
    due: number;
  }>();
  const shown = state.key === key ? state.data : undefined;
  useChangeSignals(signal => {
    const now = Date.now();
    const marks = shown === undefined ? undefined : marksOf?.(shown);
    const wait = decideFollow(
      signal,
      { kinds, marks, askedAt: askedAt.current },
      now,
      Math.random(),
    );
    if (wait === undefined) return;
    // A storm makes one request, at the time that the most urgent signal asks for.
    if (pending.current && pending.current.due <= now + wait) return;
    clearTimeout(pending.current?.timer);
    const timer = setTimeout(() => {
      pending.current = undefined;
      if (!document.hidden) followRef.current();
    }, wait);
    pending.current = { timer, due: now + wait };
  });
  useEffect(() => () => clearTimeout(pending.current?.timer), []);

  const refresh = useCallback(() => askRef.current(), []);
  const current: State<T> = state.key === key ? state : { key };
  return {
    data: current.data,
    error: current.error,
    receivedAt: current.receivedAt,
    loading: current.data === undefined && current.error === undefined,
    refresh,
  };
}
