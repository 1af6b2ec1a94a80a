import type { Portal } from '../../lib/Portal.ts';
import { rest } from '../../lib/rest.ts';

/**
 * People who look at boards, each about once a second, which is as often as an
 * open page ever asks: most at a squad's, a tenth at all.
 */
export function startViewers(portal: Portal, squads: string[], count: number) {
  let stopped = false;
  let views = 0;
  const view = async (index: number) => {
    await rest((index * 1_000) / count);
    while (!stopped) {
      await portal.fetch(
        `/v1/board?squad=${
          index % 10 ? encodeURIComponent(squads[index % squads.length]) : 'all'
        }`,
      );
      views += 1;
      await rest(1_000);
    }
  };
  const all = Array.from({ length: count }, (_, index) => view(index));
  return async () => {
    stopped = true;
    await Promise.all(all);
    return views;
  };
}

/** Entity refs of the squads that have services. */
export async function readSquads(portal: Portal): Promise<string[]> {
  const board = await portal.get('/v1/board?squad=all');
  return board.squads.map((squad: { ref: string }) => squad.ref);
}
