/**
 * The embedded world: a config repository, artifacts, people and a catalog of
 * a company that doesn't exist, for development and tests.
 *
 * @packageDocumentation
 */
export { createWorld } from './world/createWorld.ts';
export type { CreateWorldOptions } from './world/createWorld.ts';
export { advanceWorld } from './world/advanceWorld.ts';
export type { World, WorldCounts } from './world/types.ts';
export type { WorldOptions } from './world/options.ts';
export { startSandbox } from './server/startSandbox.ts';
export type { Sandbox, SandboxOptions } from './server/startSandbox.ts';
export type { ClusterAddress } from './clusters/ClustersWorld.ts';
export type { ClusterTimings } from './clusters/timings.ts';
export { SIGN_IN_PEOPLE } from './catalog/signInPeople.ts';
export { SourceRepositories } from './source/SourceRepositories.ts';

// For tests that need a repository in a certain state.
export { appendCommits } from './git/appendCommits.ts';
export { rewriteHistory } from './git/rewriteHistory.ts';
export { appendHostileCommits } from './control/appendHostileCommits.ts';
export { CANARIES } from './control/hostile/manifests.ts';
export type { Change, Commit } from './simulation/types.ts';
export type { Identity } from './format/types.ts';

// The clusters of the world, and for tests that need a cluster.
export { createObjectStore } from './clusters/api/createObjectStore.ts';
export { createClusterServer } from './clusters/api/createClusterServer.ts';
export type { ClusterServerOptions } from './clusters/api/DefaultClusterServer.ts';
export { RESOURCE_TYPES } from './clusters/api/resourceTypes.ts';
export { CLUSTER_FAULTS } from './clusters/types.ts';
export type {
  ClusterFault,
  ClusterFaultOptions,
  ClusterServer,
  KubeObject,
  KubeMetadata,
  ObjectStore,
  ResourceType,
} from './clusters/types.ts';
