import { useCallback, useMemo, useState } from 'react';
import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';

/** Services that are ticked, while one selects. */
export interface Selection {
  /** Starts or ends it; ending it forgets what was ticked. */
  toggle(): void;
  on: boolean;
  has(service: ServiceRef): boolean;
  /** Ticks a service, or takes its tick away. */
  tick(service: ServiceRef): void;
}

export function useSelection(): Selection {
  const [ticked, setTicked] = useState<Set<string>>();
  const toggle = useCallback(
    () => setTicked(before => (before ? undefined : new Set())),
    [],
  );
  const tick = useCallback(
    (service: ServiceRef) =>
      setTicked(before => {
        const after = new Set(before);
        const name = formatServiceRef(service);
        if (!after.delete(name)) after.add(name);
        return after;
      }),
    [],
  );
  return useMemo(
    () => ({
      on: ticked !== undefined,
      has: service => ticked?.has(formatServiceRef(service)) ?? false,
      toggle,
      tick,
    }),
    [ticked, toggle, tick],
  );
}
