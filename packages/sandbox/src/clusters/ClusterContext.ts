import type { Cluster } from '../company/types.ts';
import type { Random } from '../lib/random.ts';
import type { Schedule } from './lib/Schedule.ts';
import type { ClusterTimings, Span } from './timings.ts';
import type { KubeObject, ObjectStore } from './types.ts';

/** What every part of one cluster's life needs. */
export interface ClusterContext {
  cluster: Cluster;
  store: ObjectStore;
  schedule: Schedule;
  timings: ClusterTimings;
  random: Random;
  /** Writes as the cluster's own controllers do: not a change by hand. */
  write<T>(work: () => T): T;
}

/** Some moment of a span. */
export function within({ random }: ClusterContext, [low, high]: Span): number {
  return low + random.next() * (high - low);
}

export function getObject(
  { store }: ClusterContext,
  apiVersion: string,
  kind: string,
  namespace: string | undefined,
  name: string,
): KubeObject | undefined {
  return store.get(store.typeOf({ apiVersion, kind }), namespace, name);
}

export function deleteObject(
  { store }: ClusterContext,
  apiVersion: string,
  kind: string,
  namespace: string | undefined,
  name: string,
): boolean {
  return store.delete(store.typeOf({ apiVersion, kind }), namespace, name);
}
