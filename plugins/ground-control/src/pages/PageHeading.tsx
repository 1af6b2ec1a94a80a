import { ReactNode, useEffect, useRef } from 'react';
import { useNavigationType } from 'react-router-dom';

/**
 * A page's h2. After a navigation within the portal it takes the focus, so
 * that a screen reader says where one is; not on the first load.
 */
export function PageHeading(props: { children: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  const navigated = useNavigationType() === 'PUSH';
  useEffect(() => {
    if (navigated) ref.current?.focus({ preventScroll: true });
    // Only when the page appears: later pushes are its own.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <h2 ref={ref} tabIndex={-1}>
      {props.children}
    </h2>
  );
}
