import { ReactNode } from 'react';
import { baseStyles } from '../components/baseStyles';
import { GcRoot } from '../components/GcRoot';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { pageStyles } from './pageStyles';

/** The root of a page or tab, with the styles that cards do without. */
export function PageRoot(props: { className: string; children: ReactNode }) {
  // Named here too, because the pages' sheet relies on coming after it.
  useStyleSheet('base', baseStyles);
  useStyleSheet('page', pageStyles);
  return <GcRoot {...props} />;
}
