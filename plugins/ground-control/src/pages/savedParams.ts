import { SavedParams } from '../hooks/useSavedFilter';

// A text that is searched for is of the moment, and so is what is open. What
// waits for a decision is never hidden by what somebody picked last week.

export const SAVED_ON_BOARD: SavedParams = {
  page: 'board',
  filters: ['squad', 'env', 'cluster', 'state'],
  looks: ['group', 'sort', 'density'],
};

export const SAVED_IN_ACTIVITY: SavedParams = {
  page: 'activity',
  filters: ['kind', 'squad', 'env'],
  looks: [],
};

/** The matrix and the map are looked at in turn. */
export const SAVED_OF_LINKS: SavedParams = {
  page: 'links',
  filters: ['provider', 'role'],
  looks: ['win', 'pct', 'by', 'axis', 'squad'],
};
