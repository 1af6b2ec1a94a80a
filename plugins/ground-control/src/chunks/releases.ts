/**
 * What runs where, and what is asked for: the board, a service, activity, and
 * the forms that they open. Whoever opens the one opens another, and they are
 * made of the same parts.
 */
export { ActivityPage } from '../activity/ActivityPage';
export { BoardPage } from '../board/BoardPage';
export { EntityGroupReleases } from '../entity/EntityGroupReleases';
export { EntityReleases } from '../entity/EntityReleases';
export { FindPage } from '../find/FindPage';
export { ServicePage } from '../service/ServicePage';
export { shared } from './shared';
