export { ConfiguredClusterLocator } from './ConfiguredClusterLocator';
export { readClusterSettings } from './readClusterSettings';
export type { ClusterSettings } from './readClusterSettings';
