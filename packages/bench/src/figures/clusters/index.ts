import type { Context, Figure, Measurement } from '../../types.ts';
import { measureNewCommits } from '../ingest.ts';
import { countCalls } from './calls.ts';
import { measureChanges } from './changes.ts';
import { compareViews } from './rival.ts';
import { measureStorm } from './storm.ts';

async function measureClusters(context: Context): Promise<Figure[]> {
  const portal = await context.startPortal({ name: 'bench-clusters' });
  const complete = await portal.clustersComplete;
  const memory = portal.memory();
  // The services' own repositories are read for the first time meanwhile.
  await portal.waitUntilIdle(300_000);
  const changes = await measureChanges(context, portal);
  const commit = await measureNewCommits(portal, 20, {
    name: 'one new commit, from fetch to API, with clusters and source history',
    note: 'one after the other; the embedded clusters work on the same two cores with each',
  });
  await portal.waitUntilIdle(120_000);
  const calls = await countCalls(portal);
  const storm = await measureStorm(context, portal);
  const peak = portal.memory().peak;
  const views = await compareViews(context, portal);
  return [
    {
      name: '7 clusters × 450 services, from nothing to complete',
      value: complete,
      unit: 's',
      target: 15,
      note: 'from the start of the process; ingest of the config repository included',
    },
    {
      name: 'memory of the backend at its highest, storm and viewers included',
      value: peak,
      unit: 'MB',
      target: 600,
      note: `whole backend; ${memory.now.toFixed(0)} MB when complete`,
    },
    ...changes,
    commit,
    calls,
    ...storm,
    ...views,
  ];
}

/** Seven embedded clusters of the reference company. */
export const clusterFigures: Measurement = {
  id: 'clusters',
  title: 'Clusters',
  measure: measureClusters,
};
