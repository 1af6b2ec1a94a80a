import { useEffect, useMemo, useRef } from 'react';
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

/** Of a query, or of what is no query, that which these keys name. */
function pick(query: unknown, keys: readonly string[]): string {
  const params = new URLSearchParams(typeof query === 'string' ? query : '');
  const known = keys.filter(key => params.get(key));
  return `${new URLSearchParams(known.map(key => [key, params.get(key)!]))}`;
}

/**
 * Keeps what a reader picks on a page, and picks it again on a visit whose URL
 * says nothing. What a link says is neither changed nor kept.
 *
 * @param saved - the same for as long as the page stands
 * @returns whether the URL is settled; until then it's about to say more
 */
export function useSavedFilter({ page, filters, looks }: SavedParams): boolean {
  const all = useApi(storageApiRef);
  const storage = useMemo(() => all.forBucket('ground-control'), [all]);
  const key = `filter-${page}`;
  const keys = [...filters, ...looks];
  const [params, setParams] = useSearchParams();
  const query = params.toString();
  const kept = pick(query, keys);
  const visit = useLocation().key;
  const isPush = useNavigationType() === 'PUSH';
  const seen = useRef<{ visit: string; query: string; kept: string }>();
  const isFirst = seen.current === undefined;
  // Who takes filters away replaces the URL, which is no new visit.
  const begins =
    query === '' && (isFirst || (isPush && seen.current?.visit !== visit));
  const again = begins ? pick(storage.snapshot(key).value, keys) : '';

  const restore = (text: string) => {
    const savedFilter = pick(text, filters) !== '';
    setParams(text, { replace: true, state: { savedFilter } });
  };
  const restoreLate = useRef((_: unknown) => {});
  restoreLate.current = value => {
    const text = query === '' ? pick(value, keys) : '';
    if (text) restore(text);
  };

  useEffect(() => {
    const before = seen.current;
    if (before?.visit === visit) return;
    seen.current = { visit, query, kept };
    if (again) {
      restore(again);
    } else if (before && !begins && before.kept !== kept) {
      const done = kept ? storage.set(key, kept) : storage.remove(key);
      // Where it can't be kept, it holds for this visit.
      done.catch(() => {});
    }
  });
  useEffect(() => {
    // A storage that is elsewhere answers later, and maybe too late.
    if (storage.snapshot(key).presence !== 'unknown') return undefined;
    const first = seen.current?.visit;
    const watching = storage.observe$(key).subscribe(({ presence, value }) => {
      if (presence === 'unknown') return;
      watching.unsubscribe();
      if (seen.current?.visit === first) restoreLate.current(value);
    });
    return () => watching.unsubscribe();
  }, [storage, key]);
  return !isFirst || again === '';
}
