import { RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { decideWindow } from './decideWindow';

/** What is taken for the height where nothing can be measured. */
const USUAL_HEIGHT = 720;

/**
 * Which rows of a scrolling element to draw, all of one height, below a header
 * that stays. It draws again only when another row is the first in sight.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement>,
  options: {
    rows: number;
    rowHeight: number;
    headerHeight: number;
    height: number | undefined;
    /** The row that is drawn in sight or not. */
    kept: number;
  },
) {
  const { rows, rowHeight, headerHeight, kept } = options;
  const room = (options.height ?? USUAL_HEIGHT) - headerHeight;
  const [first, setFirst] = useState(0);

  useLayoutEffect(() => {
    const element = scroller.current!;
    const read = () =>
      setFirst(Math.max(0, Math.floor(element.scrollTop / rowHeight)));
    read();
    // At once: drawn later, rows would be scrolled into sight empty.
    const onScroll = () => flushSync(read);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller, rowHeight]);

  /** Scrolls as little as brings the row in sight. */
  const reveal = useCallback(
    (row: number) => {
      const element = scroller.current!;
      const top = row * rowHeight;
      const least = top + rowHeight - (element.clientHeight - headerHeight);
      if (element.scrollTop > top) element.scrollTop = top;
      else if (element.scrollTop < least) element.scrollTop = least;
    },
    [scroller, rowHeight, headerHeight],
  );
  const fit = Math.ceil(room / rowHeight) + 1;
  return { indices: decideWindow({ rows, first, fit, kept }), reveal };
}
