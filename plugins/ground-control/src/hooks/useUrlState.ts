import { useCallback, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { UnknownFilter } from '../lib/urlState';

/**
 * What a page shows, kept in the URL: the same values for as long as the URL
 * stays, and one setter.
 *
 * @param parse - reads the URL; the same function for as long as the page stands
 * @param format - writes what `parse` reads, over other parameters; the same
 * @param baseOf - the parameters that a change is written over, if not all that are there; the same
 */
export function useUrlState<S>(
  parse: (params: URLSearchParams) => { state: S; unknown: UnknownFilter[] },
  format: (state: S, base?: URLSearchParams) => URLSearchParams,
  baseOf?: (part: Partial<S>, before: URLSearchParams) => URLSearchParams,
) {
  const [params, setParams] = useSearchParams();
  const { state, unknown } = useMemo(() => parse(params), [params, parse]);
  // The router's setter is another after each change of the URL; what is drawn
  // must not be.
  const setRef = useRef(setParams);
  setRef.current = setParams;
  const change = useCallback(
    (part: Partial<S>, options?: { push?: boolean }) =>
      setRef.current(
        before =>
          format(
            { ...parse(before).state, ...part },
            baseOf ? baseOf(part, before) : before,
          ),
        { replace: !options?.push },
      ),
    [parse, format, baseOf],
  );
  return { state, unknown, params, change };
}
