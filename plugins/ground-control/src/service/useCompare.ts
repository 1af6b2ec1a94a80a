import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  CompareSide,
  formatCompareSide,
  parseCompareSide,
  toggleSide,
} from '../lib/compareState';
import { writeParams } from '../lib/urlState';

/** The releases ticked for comparison, kept in the URL as `from` and `to`. */
export function useCompare() {
  const [params, setParams] = useSearchParams();
  const selected = useMemo(
    () =>
      [params.get('from'), params.get('to')].flatMap(text => {
        const side = parseCompareSide(text);
        return side ? [side] : [];
      }),
    [params],
  );
  const select = useCallback(
    (sides: CompareSide[]) =>
      setParams(
        before => {
          const [from, to] = sides.map(formatCompareSide);
          return writeParams({ from, to }, before);
        },
        { replace: true },
      ),
    [setParams],
  );
  const toggle = useCallback(
    (side: CompareSide) => select(toggleSide(selected, side)),
    [select, selected],
  );
  return { selected, select, toggle };
}
