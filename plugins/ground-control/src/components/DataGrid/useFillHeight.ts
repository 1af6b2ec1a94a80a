import { RefObject, useLayoutEffect, useState } from 'react';

const LEAST = 320;

/** The portal's navigation lies over the lower edge of narrow windows. */
const NARROW = { below: 600, gap: 72 };

/**
 * The height that lets an element end at the window's lower edge, so that it
 * scrolls and the page doesn't; undefined where nothing can be measured.
 */
export function useFillHeight(
  ref: RefObject<HTMLElement>,
  bottomGap: number,
): number | undefined {
  const [height, setHeight] = useState<number>();
  useLayoutEffect(() => {
    const measure = () => {
      const element = ref.current;
      if (!element) return;
      const gap = window.innerWidth < NARROW.below ? NARROW.gap : bottomGap;
      let top = element.getBoundingClientRect().top + window.scrollY;
      // A shell may scroll the page inside an element of its own.
      for (let up = element.parentElement; up; up = up.parentElement) {
        if (up !== document.documentElement && up !== document.body) {
          top += up.scrollTop;
        }
      }
      setHeight(Math.max(LEAST, Math.floor(window.innerHeight - top - gap)));
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [ref, bottomGap]);
  return height;
}
