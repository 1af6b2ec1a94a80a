import { ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';

/** Links to the pages of an area, as tabs. */
export function TabStrip(props: { label: string; children: ReactNode }) {
  const { pathname } = useLocation();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow window the tabs lie in a strip that scrolls.
    const strip = ref.current;
    const tab = strip?.querySelector<HTMLElement>('[aria-current=page]');
    if (!strip || !tab) return;
    const end = tab.offsetLeft + tab.offsetWidth - strip.clientWidth;
    strip.scrollLeft = Math.min(
      Math.max(strip.scrollLeft, end),
      tab.offsetLeft,
    );
  }, [pathname]);
  return (
    <nav ref={ref} aria-label={props.label} className="gc-tabs">
      {props.children}
    </nav>
  );
}
