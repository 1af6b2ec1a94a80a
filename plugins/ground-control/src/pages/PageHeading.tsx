import { ReactNode, useEffect, useRef } from 'react';
import { useNavigationType } from 'react-router-dom';

/**
 * A page's h2. After a navigation within the portal it takes the focus, so
 * that a screen reader says where one is; on the first load only where the
 * page says so, because it has keys of its own, and nothing else has it.
 */
export function PageHeading(props: { focus?: 'free'; children: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  const navigated = useNavigationType() === 'PUSH';
  useEffect(() => {
    const free =
      props.focus === 'free' && document.activeElement === document.body;
    if (navigated || free) ref.current?.focus({ preventScroll: true });
    // Only when the page appears: later pushes are its own.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <h2 ref={ref} tabIndex={-1}>
      {props.children}
    </h2>
  );
}
