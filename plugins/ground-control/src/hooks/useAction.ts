import { useRef, useState } from 'react';

/** Something that is done at a press. */
export interface Action {
  /** The name of what is being done. */
  busy?: string;
  /** Why it failed the last time. */
  error?: unknown;
  /** Does it, and gives what came of it: nothing where it failed or another is being done. */
  run<T>(name: string, act: () => Promise<T>): Promise<T | undefined>;
  /** Forgets the failure. */
  clear(): void;
}

/** Does one thing at a time: two presses are one, also before the first is drawn. */
export function useAction(): Action {
  const [state, setState] = useState<Pick<Action, 'busy' | 'error'>>({});
  const running = useRef(false);
  return {
    ...state,
    clear: () => setState({}),
    run: async (name, act) => {
      if (running.current) return undefined;
      running.current = true;
      setState({ busy: name });
      try {
        const result = await act();
        setState({});
        return result;
      } catch (error) {
        setState({ error });
        return undefined;
      } finally {
        running.current = false;
      }
    },
  };
}
