export { WatchService } from './WatchService';
export type { WatchServiceOptions } from './WatchService';
