import type { ClusterServer } from '../types.ts';
import { createObjectStore } from './createObjectStore.ts';
import { DefaultClusterServer } from './DefaultClusterServer.ts';
import type { ClusterServerOptions } from './DefaultClusterServer.ts';

/** The API server of one cluster; it listens once it is started. */
export function createClusterServer(
  options: ClusterServerOptions,
): ClusterServer {
  const store = options.store ?? createObjectStore();
  return new DefaultClusterServer({ ...options, store });
}
