import { PropsWithChildren } from 'react';
import { SavedParams, useSavedFilter } from '../hooks/useSavedFilter';

/** A page whose reader finds what they picked there last. */
export function SavedFilter(props: PropsWithChildren<{ of: SavedParams }>) {
  // Not before: it would ask for what nobody is about to look at.
  return useSavedFilter(props.of) ? <>{props.children}</> : null;
}
