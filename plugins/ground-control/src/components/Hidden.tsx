import { ReactNode } from 'react';

/** Text for screen readers alone; its parent must be positioned. */
export function Hidden(props: { children: ReactNode }) {
  return <span className="gc-hidden">{props.children}</span>;
}
