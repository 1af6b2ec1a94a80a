export { DefaultClusterWatching } from './DefaultClusterWatching';
export type { ClusterWatchingOptions } from './DefaultClusterWatching';
export { DEFAULT_TIMINGS } from './timings';
export type { WatchTimings } from './timings';
