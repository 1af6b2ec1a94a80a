import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  BoardState,
  formatBoardState,
  parseBoardState,
} from '../lib/boardState';

/** The board's state, kept in the URL. */
export function useBoardState() {
  const [params, setParams] = useSearchParams();
  const { state, unknown } = useMemo(() => parseBoardState(params), [params]);
  const change = useCallback(
    (part: Partial<BoardState>, options?: { push?: boolean }) =>
      setParams(
        before =>
          formatBoardState(
            { ...parseBoardState(before).state, ...part },
            before,
          ),
        { replace: !options?.push },
      ),
    [setParams],
  );
  return { state, unknown, change };
}
