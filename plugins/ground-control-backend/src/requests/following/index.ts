export { FollowService } from './FollowService';
export type { FollowServiceOptions } from './FollowService';
