import { ReactElement, useState } from 'react';
import { useFormat } from '../hooks/useFormat';
import { usePagesText } from '../hooks/usePagesText';

/**
 * The first of a list that may be very long, and a button that shows all of it,
 * or the first again.
 *
 * @param most - few more than these are all shown
 */
export function useFirst<T>(
  items: T[],
  most: number,
): { shown: T[]; more?: ReactElement } {
  const t = usePagesText();
  const format = useFormat();
  const [all, setAll] = useState(false);
  if (items.length <= most * 1.25) return { shown: items };
  const more = (
    <div>
      <button
        type="button"
        className="gc-button"
        aria-expanded={all}
        onClick={() => setAll(!all)}
      >
        {all
          ? t('list.first', { number: format.number(most) })
          : t('list.all', { number: format.number(items.length) })}
      </button>
    </div>
  );
  return { shown: all ? items : items.slice(0, most), more };
}
