import { useEffect, useRef } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  ChangeSignal,
  SIGNAL_CHANNEL,
} from '@ground-control/backstage-plugin-ground-control-common';

/**
 * Calls a listener with every signal, where the portal has signals. Of two that
 * come at once a hook that keeps the last one would show one.
 */
export function useChangeSignals(onSignal: (signal: ChangeSignal) => void) {
  const signals = useApiHolder().get(signalApiRef);
  const listener = useRef(onSignal);
  listener.current = onSignal;
  useEffect(() => {
    const subscription = signals?.subscribe(SIGNAL_CHANNEL, message =>
      listener.current(message as unknown as ChangeSignal),
    );
    return () => subscription?.unsubscribe();
  }, [signals]);
}
