import { ReactElement } from 'react';
import { CellState } from '@ground-control/backstage-plugin-ground-control-common';

/** What a glyph can say: a state of a cell, or of something else. */
export type Status =
  | CellState
  | 'fine'
  | 'warning'
  | 'high'
  | 'never-reported'
  | 'locked'
  | 'past';

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 2 };
const thin = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 };

const fine = {
  tone: 'ok',
  shape: <circle fill="currentColor" cx="7" cy="7" r="4.5" />,
};
const warning = {
  tone: 'warn',
  shape: <path fill="currentColor" d="M7 1l6 6-6 6-6-6z" />,
};

// Filled: a fact of now; outlined: the absence of one. No two states share a
// shape. What is only recorded is not known to be well, so it has no colour.
const GLYPHS: Record<Status, { tone: string; shape: ReactElement }> = {
  fine,
  reconciled: fine,
  warning,
  high: {
    tone: 'high',
    shape: <path fill="currentColor" d="M7 1.5l6 11H1z" />,
  },
  drifted: warning,
  failed: {
    tone: 'bad',
    shape: <path {...line} d="M2.5 2.5l9 9M11.5 2.5l-9 9" />,
  },
  suspended: {
    tone: 'high',
    shape: <path fill="currentColor" d="M3 2h3v10H3zM8 2h3v10H8z" />,
  },
  unknown: {
    tone: 'stale',
    shape: (
      <>
        <path {...line} d="M4 5a3 3 0 1 1 4.4 2.6Q7 8.4 7 9.75" />
        <path fill="currentColor" d="M5.8 11.2h2.4v2.3H5.8z" />
      </>
    ),
  },
  'rolling-out': {
    tone: 'rolling',
    shape: (
      <>
        <circle {...thin} cx="7" cy="7" r="5.25" />
        <path fill="currentColor" d="M7 7V1.75A5.25 5.25 0 0 1 12.25 7z" />
      </>
    ),
  },
  pending: {
    tone: 'rolling',
    shape: (
      <path
        fill="currentColor"
        d="M.5 5.5h3v3h-3zM5.5 5.5h3v3h-3zM10.5 5.5h3v3h-3z"
      />
    ),
  },
  stale: {
    tone: 'stale',
    shape: (
      <>
        <circle {...thin} cx="7" cy="7" r="5.5" />
        <path {...thin} d="M7 3.5V7l2.5 1.75" />
      </>
    ),
  },
  'never-reported': {
    tone: 'stale',
    shape: <circle {...thin} strokeDasharray="2 2" cx="7" cy="7" r="5.25" />,
  },
  'not-released': {
    tone: 'stale',
    shape: <path {...line} d="M3 7h8" />,
  },
  locked: {
    tone: 'stale',
    shape: (
      <>
        <path fill="currentColor" d="M2.5 6h9v6.5h-9z" />
        <path {...thin} d="M4.5 6V4.25a2.5 2.5 0 0 1 5 0V6" />
      </>
    ),
  },
  recorded: {
    tone: 'quiet',
    shape: <circle {...line} cx="7" cy="7" r="4" />,
  },
  past: {
    tone: 'quiet',
    shape: <path {...thin} d="M3.5 3.5h7v7h-7z" />,
  },
  problem: {
    tone: 'bad',
    shape: (
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M7 .75L13.75 13H.25zM6.2 5h1.6v4H6.2zM6.2 10h1.6v1.6H6.2z"
      />
    ),
  },
};

/** The colour of a state, as the end of a class name. */
export function toneOf(status: Status): string {
  return GLYPHS[status].tone;
}

/**
 * A state as a shape and a colour. It says nothing to a screen reader: the
 * word always stands beside it, shown or hidden.
 */
export function StatusGlyph(props: { status: Status }) {
  const { tone, shape } = GLYPHS[props.status];
  return (
    <svg
      className={`gc-glyph gc-${tone}`}
      viewBox="0 0 14 14"
      aria-hidden="true"
      focusable="false"
      data-status={props.status}
    >
      {shape}
    </svg>
  );
}
