import { useEffect, useRef } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { ChangeSignal } from '@ground-control/backstage-plugin-ground-control-common';
import { subscribeToChanges } from '../api';

/**
 * Calls a listener with every signal, where the portal has signals. Of two that
 * come at once a hook that keeps the last one would show one.
 */
export function useChangeSignals(onSignal: (signal: ChangeSignal) => void) {
  const signals = useApiHolder().get(signalApiRef);
  const listener = useRef(onSignal);
  listener.current = onSignal;
  useEffect(() => {
    const subscription = subscribeToChanges(signals, signal =>
      listener.current(signal),
    );
    return () => subscription?.unsubscribe();
  }, [signals]);
}
