import { useEffect, useState } from 'react';
import { identityApiRef, useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { groundControlApiRef } from '../api';
import { watchWaiting } from './watchWaiting';

/** How many requests wait for the reader's decision; 0 while it isn't known. */
export function useWaitingCount(): number {
  const apis = useApiHolder();
  const api = apis.get(groundControlApiRef);
  const identity = apis.get(identityApiRef);
  const signals = apis.get(signalApiRef);
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (!api || !identity) return undefined;
    return watchWaiting({ api, identity, signals }, setCount);
  }, [api, identity, signals]);
  return count;
}
