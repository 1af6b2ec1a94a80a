import { useCallback, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { formatLinksState, LinksState, parseLinksState } from './linksState';

/** The state of the pages of links, kept in the URL. */
export function useLinksState() {
  const [params, setParams] = useSearchParams();
  const { state, unknown } = useMemo(() => parseLinksState(params), [params]);
  // The router's setter is another after each change of the URL; what is drawn
  // must not be.
  const setRef = useRef(setParams);
  setRef.current = setParams;
  const change = useCallback(
    (part: Partial<LinksState>) =>
      setRef.current(
        before =>
          formatLinksState(
            { ...parseLinksState(before).state, ...part },
            before,
          ),
        { replace: true },
      ),
    [],
  );
  return { state, unknown, change };
}
