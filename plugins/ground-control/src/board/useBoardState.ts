import { useCallback, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  BoardState,
  formatBoardState,
  parseBoardState,
} from '../lib/boardState';
import { formatOpenForm } from '../lib/openForm';

/**
 * The board's state, kept in the URL. `filters` is the part that decides which
 * rows there are without the text and the open cell: the same value for as
 * long as it says the same, so that thousands of rows are not decided anew.
 */
export function useBoardState() {
  const [params, setParams] = useSearchParams();
  const { state, unknown } = useMemo(() => parseBoardState(params), [params]);
  const filterKey = formatBoardState({
    ...state,
    q: '',
    open: undefined,
  }).toString();
  const filters = useMemo(
    () => parseBoardState(new URLSearchParams(filterKey)).state,
    [filterKey],
  );
  // The router's setter is another after each change of the URL; what is drawn
  // must not be.
  const setRef = useRef(setParams);
  setRef.current = setParams;
  const change = useCallback(
    (part: Partial<BoardState>, options?: { push?: boolean }) =>
      setRef.current(
        before =>
          formatBoardState(
            { ...parseBoardState(before).state, ...part },
            // A form is about the cell that was open.
            'open' in part ? formatOpenForm(undefined, before) : before,
          ),
        { replace: !options?.push },
      ),
    [],
  );
  return { state, filters, unknown, change };
}
