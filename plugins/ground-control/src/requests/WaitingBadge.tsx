import { CSSProperties } from 'react';

// The portal's navigation is outside of our style sheets.
const badge: CSSProperties = {
  marginInlineStart: 8,
  padding: '0 6px',
  borderRadius: 8,
  border: '1px solid currentColor',
  font: '600 .75rem/1rem system-ui,sans-serif',
  position: 'relative',
};

/** A number beside a name that says it in words. */
export function WaitingBadge(props: { count: number }) {
  return (
    <span style={badge} aria-hidden="true">
      {props.count > 99 ? '99+' : props.count}
    </span>
  );
}
