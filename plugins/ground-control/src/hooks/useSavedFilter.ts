import { useEffect, useMemo, useRef, useState } from 'react';
import {
  useLocation,
  useNavigationType,
  useSearchParams,
} from 'react-router-dom';
import { storageApiRef, useApi } from '@backstage/core-plugin-api';

/** The parameters of a page that are kept for its reader. */
export interface SavedParams {
  /** Where they are kept. */
  page: string;
  /** Those that hide something. */
  filters: readonly string[];
  /** Those that only say how it looks. */
  looks: readonly string[];
}

/** What a reader finds again on a page. */
export interface SavedFilterState {
  /** False while the URL is about to say more. */
  isSettled: boolean;
  /** The filters are those of last time, and nobody picked others since. */
  isUsed: boolean;
  /** Takes the filters away, here and for the next visit. */
  clear(): void;
}

/** Of a query, or of what is no query, that which these names mean. */
function pick(query: unknown, names: readonly string[]): string {
  const params = new URLSearchParams(typeof query === 'string' ? query : '');
  const known = names.filter(name => params.get(name));
  return `${new URLSearchParams(known.map(name => [name, params.get(name)!]))}`;
}

const join = (parts: string[]) => parts.filter(Boolean).join('&');

/**
 * Keeps what a reader picks on a page, and picks it again on a visit whose URL
 * says nothing. What a link says, or a step back, is neither changed nor kept:
 * who picks replaces the URL, and all else goes to another.
 *
 * @param saved - the same for as long as the page stands
 */
export function useSavedFilter(saved: SavedParams): SavedFilterState {
  const { page, filters, looks } = saved;
  const all = useApi(storageApiRef);
  const storage = useMemo(() => all.forBucket('ground-control'), [all]);
  const parts = useMemo(
    () => [
      { key: `filter-${page}`, names: filters },
      { key: `look-${page}`, names: looks },
    ],
    [page, filters, looks],
  );
  const [params, setParams] = useSearchParams();
  const query = params.toString();
  const visit = useLocation().key;
  const type = useNavigationType();
  const seen = useRef<{ visit: string; query: string }>();
  const restoring = useRef<string>();
  /** The filters that were picked again. */
  const [restored, setRestored] = useState<string>();

  const isFirst = seen.current === undefined;
  const begins =
    query === '' &&
    (isFirst || (type === 'PUSH' && seen.current?.visit !== visit));
  const snapshots = begins ? parts.map(({ key }) => storage.snapshot(key)) : [];
  const again = join(
    snapshots.map(({ value }, i) => pick(value, parts[i].names)),
  );

  const restore = (text: string) => {
    restoring.current = text;
    setRestored(pick(text, filters) || undefined);
    setParams(text, { replace: true });
  };

  /** Asks a storage that is elsewhere. Gives what ends that. */
  const ask = () => {
    const answers = new Map<string, string>();
    const watching = parts.map(({ key, names }) =>
      storage.observe$(key).subscribe(({ presence, value }) => {
        if (presence === 'unknown' || answers.has(key)) return;
        answers.set(key, pick(value, names));
        if (answers.size < parts.length) return;
        const text = join(parts.map(part => answers.get(part.key)!));
        if (text) restore(text);
      }),
    );
    return () => watching.forEach(one => one.unsubscribe());
  };

  const keep = (before: string) => {
    for (const { key, names } of parts) {
      const now = pick(query, names);
      if (now === pick(before, names)) continue;
      if (names === filters) setRestored(undefined);
      const done = now ? storage.set(key, now) : storage.remove(key);
      // Where it can't be kept, it holds for this visit.
      done.catch(() => {});
    }
  };

  const enter = useRef((): (() => void) | undefined => undefined);
  enter.current = () => {
    const before = seen.current;
    seen.current = { visit, query };
    if (again) {
      restore(again);
    } else if (snapshots.some(({ presence }) => presence === 'unknown')) {
      return ask();
    } else if (before && type === 'REPLACE' && query !== restoring.current) {
      keep(before.query);
    }
    return undefined;
  };
  // What a storage answers after the visit is too late.
  useEffect(() => enter.current(), [visit]);

  return {
    isSettled: !isFirst || again === '',
    isUsed: restored !== undefined && pick(query, filters) === restored,
    clear: () => {
      const rest = new URLSearchParams(params);
      filters.forEach(name => rest.delete(name));
      setParams(rest, { replace: true });
    },
  };
}
