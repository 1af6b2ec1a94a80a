import { useEffect, useMemo, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/core-plugin-api';

const KEY = 'single-key-shortcuts';

/**
 * Whether single letters act, which each person switches for themselves (WCAG
 * 2.1.4): who speaks to their computer would press them by words. They do
 * until somebody switches them off, also while that isn't known yet.
 */
export function useShortcuts(): { on: boolean; set(on: boolean): void } {
  const all = useApi(storageApiRef);
  const storage = useMemo(() => all.forBucket('ground-control'), [all]);
  const [on, setOn] = useState(storage.snapshot<boolean>(KEY).value ?? true);
  useEffect(() => {
    const watching = storage
      .observe$<boolean>(KEY)
      .subscribe(({ value }) => setOn(value ?? true));
    return () => watching.unsubscribe();
  }, [storage]);
  return {
    on,
    set: wanted => {
      setOn(wanted);
      // Where it can't be kept, it holds as long as the page is open.
      storage.set(KEY, wanted).catch(() => {});
    },
  };
}
