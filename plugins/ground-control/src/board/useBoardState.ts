import { useMemo } from 'react';
import { useUrlState } from '../hooks/useUrlState';
import {
  BoardState,
  formatBoardState,
  parseBoardState,
} from '../lib/boardState';
import { formatOpenForm } from '../lib/openForm';

/** A form is about the cell that was open. */
function closeForm(part: Partial<BoardState>, before: URLSearchParams) {
  return 'open' in part ? formatOpenForm(undefined, before) : before;
}

/**
 * The board's state, kept in the URL. `filters` is the part that decides which
 * rows there are without the text and what is looked at: the same value for as
 * long as it says the same, so that thousands of rows are not decided anew.
 */
export function useBoardState() {
  const { state, unknown, change } = useUrlState(
    parseBoardState,
    formatBoardState,
    closeForm,
  );
  const filterKey = formatBoardState({
    ...state,
    q: '',
    column: undefined,
    open: undefined,
  }).toString();
  const filters = useMemo(
    () => parseBoardState(new URLSearchParams(filterKey)).state,
    [filterKey],
  );
  return { state, filters, unknown, change };
}
