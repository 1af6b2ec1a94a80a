import { useCallback, useEffect, useRef, useState } from 'react';

/** A page of a list: its items, and the token of the next page. */
interface Page<T> {
  items: T[];
  next?: string;
}

/** A list that is loaded a page at a time, newest first. */
export interface Pages<T> {
  items: T[];
  hasMore: boolean;
  loadingMore: boolean;
  moreError?: unknown;
  loadMore(): void;
}

/**
 * Adds older pages to a first page that is kept fresh elsewhere. While only
 * the first page is shown it is replaced whenever it is anew; once older ones
 * were loaded, what is new is put before what is shown, and a gap between the
 * two starts the list over.
 */
export function usePages<T>(
  key: string,
  first: Page<T> | undefined,
  keyOf: (item: T) => string,
  load: (before: string, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const [older, setOlder] = useState<{
    key: string;
    /** The first page's items when older ones were loaded, then those. */
    items: T[];
    next?: string;
  }>();
  const [busy, setBusy] = useState(false);
  const [moreError, setMoreError] = useState<unknown>();
  const running = useRef<AbortController>();
  const loadRef = useRef(load);
  loadRef.current = load;
  useEffect(
    () => () => {
      running.current?.abort();
      setBusy(false);
      setMoreError(undefined);
    },
    [key],
  );

  const current = older?.key === key ? older : undefined;
  const joined = join(first, current, keyOf);
  const { items, next } = joined;
  const itemsRef = useRef(items);
  itemsRef.current = items;

  const loadMore = useCallback(async () => {
    if (!next) return;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setMoreError(undefined);
    try {
      const page = await loadRef.current(next, controller.signal);
      if (controller.signal.aborted) return;
      setOlder({
        key,
        items: [...itemsRef.current, ...page.items],
        next: page.next,
      });
    } catch (error) {
      if (!controller.signal.aborted) setMoreError(error);
    } finally {
      if (!controller.signal.aborted) setBusy(false);
    }
  }, [key, next]);

  return {
    items,
    hasMore: next !== undefined,
    loadingMore: busy,
    moreError,
    loadMore,
  };
}

function join<T>(
  first: Page<T> | undefined,
  older: Page<T> | undefined,
  keyOf: (item: T) => string,
): Page<T> {
  if (!first) return { items: [] };
  if (!older) return first;
  const fresh = new Map(first.items.map(item => [keyOf(item), item]));
  const meets = older.items.some(item => fresh.has(keyOf(item)));
  if (!meets && first.items.length) return first;
  const rest = older.items.filter(item => !fresh.has(keyOf(item)));
  return { items: [...first.items, ...rest], next: older.next };
}
