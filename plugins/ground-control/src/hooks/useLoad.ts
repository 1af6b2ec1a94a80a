import { useCallback, useEffect, useRef, useState } from 'react';

/** The answer to a question whose answer never changes. */
export interface Loaded<T> {
  data?: T;
  error?: unknown;
  retry(): void;
}

/** Asks once for each `key`; data of another key is never shown. */
export function useLoad<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> {
  const [state, setState] = useState<{
    key: string;
    data?: T;
    error?: unknown;
  }>({ key });
  const [attempt, setAttempt] = useState(0);
  const loadRef = useRef(load);
  loadRef.current = load;
  useEffect(() => {
    const controller = new AbortController();
    setState({ key });
    loadRef.current(controller.signal).then(
      data => !controller.signal.aborted && setState({ key, data }),
      error => !controller.signal.aborted && setState({ key, error }),
    );
    return () => controller.abort();
  }, [key, attempt]);
  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return state.key === key
    ? { data: state.data, error: state.error, retry }
    : { retry };
}
