import { createContext, PropsWithChildren, useContext } from 'react';
import {
  SavedFilterState,
  SavedParams,
  useSavedFilter,
} from '../hooks/useSavedFilter';

const SavedFilterContext = createContext<SavedFilterState | undefined>(
  undefined,
);

/** What the reader finds again on this page; undefined where nothing is kept. */
export function useSavedFilterState(): SavedFilterState | undefined {
  return useContext(SavedFilterContext);
}

/** A page whose reader finds what they picked there last. */
export function SavedFilter(props: PropsWithChildren<{ of: SavedParams }>) {
  const saved = useSavedFilter(props.of);
  // Not before: it would ask for what nobody is about to look at.
  if (!saved.isSettled) return null;
  return (
    <SavedFilterContext.Provider value={saved}>
      {props.children}
    </SavedFilterContext.Provider>
  );
}
