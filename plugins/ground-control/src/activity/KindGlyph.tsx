import { ReactElement } from 'react';
import { ActivityKind } from '@ground-control/backstage-plugin-ground-control-common';

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 };

const SHAPES: Record<ActivityKind, ReactElement> = {
  release: <path {...line} strokeWidth="2" d="M7 12V2.5M3 6.5l4-4 4 4" />,
  policy: (
    <path
      {...line}
      d="M7 1.5l4.5 1.75v3.5c0 3-2 4.75-4.5 5.75-2.5-1-4.5-2.75-4.5-5.75v-3.5z"
    />
  ),
  manifest: <path {...line} d="M3 1.5h5l3 3v8H3zM5 7h4M5 9.5h4" />,
  other: <circle fill="currentColor" cx="7" cy="7" r="2" />,
};

/**
 * What a commit did, as a shape; the word stands beside it. All are facts, so
 * none has a colour.
 */
export function KindGlyph(props: { kind: ActivityKind }) {
  return (
    <svg
      className="gc-glyph gc-quiet"
      viewBox="0 0 14 14"
      aria-hidden="true"
      focusable="false"
      data-kind={props.kind}
    >
      {SHAPES[props.kind]}
    </svg>
  );
}
