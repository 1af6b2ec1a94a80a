import { useLayoutEffect, useState } from 'react';

const USUAL_PX = 16;

function measure(): number {
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return size > 0 ? size / USUAL_PX : 1;
}

/**
 * How much larger than usual the reader has text: 2 for 200 %. For what must
 * be given in pixels, as the height of rows.
 */
export function useTextScale(): number {
  const [scale, setScale] = useState(measure);
  useLayoutEffect(() => {
    const listen = () => setScale(measure());
    window.addEventListener('resize', listen);
    return () => window.removeEventListener('resize', listen);
  }, []);
  return scale;
}
