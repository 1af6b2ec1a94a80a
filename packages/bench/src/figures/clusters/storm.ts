import type { Portal } from '../../lib/Portal.ts';
import { rest } from '../../lib/rest.ts';
import { median, percentile } from '../../lib/statistics.ts';
import { waitForClusters } from '../../lib/waitForClusters.ts';
import type { Context, Figure } from '../../types.ts';
import { findServices } from './board.ts';
import { openBoards } from './pages.ts';
import { readSquads } from './viewers.ts';

const VIEWERS = 100;

/** One release: every Kustomization of every cluster moves; with 100 viewers. */
export async function measureStorm(
  context: Context,
  portal: Portal,
): Promise<Figure[]> {
  const squads = await readSquads(portal);
  const close = await openBoards(context, portal, squads, VIEWERS);
  const opened = performance.now();
  const settled: number[] = [];
  const boards: number[] = [];
  // Few replicas, so that little of it is the rollout of the embedded world.
  const { name: cluster } = portal.clusters.find(
    one => one.environment === 'dev',
  )!;
  const services = await findServices(portal, cluster);
  for (const service of services.slice(0, 5)) {
    let running = true;
    const asking = (async () => {
      while (running) {
        boards.push(await portal.time('/v1/board?squad=all'));
        await rest(100);
      }
    })();
    const started = performance.now();
    const { commit } = await portal.release(service, 'dev');
    while ((await portal.get('/v1/repository')).revision !== commit) {
      await rest(50);
    }
    await waitForClusters(portal.url, 60_000);
    settled.push(performance.now() - started);
    running = false;
    await asking;
    await rest(1_000);
  }
  const seconds = (performance.now() - opened) / 1_000;
  const views = await close();
  return [
    {
      name: 'one commit that moves all Kustomizations, 100 viewers: settled',
      value: Math.max(...settled) / 1_000,
      unit: 's',
      target: 10,
      note: `longest of ${settled.length} releases; from the push until every cluster is at the commit and nothing is on its way; the embedded clusters take up to 3 s to fetch and apply, and a rollout 1 to 3 s`,
    },
    {
      name: 'board of all services meanwhile, p95',
      value: percentile(boards, 0.95),
      unit: 'ms',
      target: 150,
      note: `${boards.length} boards; median ${median(boards).toFixed(
        0,
      )} ms; the pages follow signals as ours do, and asked ${(
        views / seconds
      ).toFixed(0)} times a second`,
    },
  ];
}
