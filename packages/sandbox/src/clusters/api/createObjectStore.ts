import { RESOURCE_TYPES } from './resourceTypes.ts';
import { MemoryObjectStore } from './store/MemoryObjectStore.ts';
import type { ObjectStoreOptions } from './store/MemoryObjectStore.ts';

/** Some storms of commits: each changes every Kustomization two or three times. */
const HISTORY = 5000;

/** An empty cluster, which serves the kinds of the world unless told others. */
export function createObjectStore(
  options: Partial<ObjectStoreOptions> = {},
): MemoryObjectStore {
  return new MemoryObjectStore({
    types: options.types ?? RESOURCE_TYPES,
    history: options.history ?? HISTORY,
    now: options.now ?? (() => new Date()),
  });
}
