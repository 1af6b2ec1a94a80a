/** All that shows a board: what is opened most, so nothing else is loaded with it. */
export { BoardPage } from '../board/BoardPage';
export { EntityGroupReleases } from '../entity/EntityGroupReleases';
