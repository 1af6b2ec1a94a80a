import { useUrlState } from '../hooks/useUrlState';
import { formatLinksState, parseLinksState } from './linksState';

/** The state of the pages of links, kept in the URL. */
export function useLinksState() {
  return useUrlState(parseLinksState, formatLinksState);
}
