import type { Portal } from '../../lib/Portal.ts';
import { rest } from '../../lib/rest.ts';
import type { Figure } from '../../types.ts';
import { countUpstream } from './countUpstream.ts';
import { readSquads, startViewers } from './viewers.ts';

const VIEWERS = [1, 10, 100];
/** How long the clusters' calls are counted for each number of viewers. */
const COUNTING_MS = 30_000;

/** What clusters are asked while nobody, and while many look at boards. */
export async function countCalls(portal: Portal): Promise<Figure> {
  const squads = await readSquads(portal);
  const counted = [];
  for (const viewers of [0, ...VIEWERS]) {
    const stop = startViewers(portal, squads, viewers);
    const before = await countUpstream(portal);
    await rest(COUNTING_MS);
    const calls = (await countUpstream(portal)) - before;
    counted.push({ viewers, calls, views: await stop() });
  }
  const [none, ...others] = counted;
  const most = others[others.length - 1];
  return {
    name: 'calls to clusters that one view causes',
    value: Math.max(0, most.calls - none.calls) / most.views,
    unit: 'calls',
    // What clusters are asked at intervals isn't the same in each minute.
    target: 0.02,
    note: counted
      .map(
        ({ viewers, calls, views }) =>
          `${viewers} viewers: ${views} views, ${calls} calls`,
      )
      .join('; '),
  };
}
