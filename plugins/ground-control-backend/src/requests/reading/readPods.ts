import {
  RequestReach,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../../releases';
import { readServiceClusters } from '../../releases/clusters/readServiceClusters';

/** Where a service is looked at, and when. */
export interface Place {
  service: ServiceRef;
  environment: string;
  now: Date;
}

/** Reads how many pods run there, of the clusters that were heard of lately. */
export async function readPods(
  context: ReadContext,
  { service, environment, now }: Place,
): Promise<RequestReach['pods']> {
  const build = await readServiceClusters(context, {
    service,
    environments: [environment],
    now: now.getTime(),
  });
  // Pods are what a cluster has now, of whichever release.
  const clusters = build({ environment, position: 0, released_at: 0 });
  const told = clusters.flatMap(({ state, replicas }) =>
    state === 'stale' || !replicas ? [] : [replicas],
  );
  if (told.length === 0) return null;
  const sum = (side: 'ready' | 'desired') =>
    told.reduce((all, replicas) => all + replicas[side], 0);
  return {
    ready: sum('ready'),
    desired: sum('desired'),
    clusters: told.length,
  };
}
