import type { Portal } from '../../lib/Portal.ts';
import { rest } from '../../lib/rest.ts';
import { median } from '../../lib/statistics.ts';
import type { Context, Figure } from '../../types.ts';
import { countUpstream } from './countUpstream.ts';

/** What one view of the squad's services costs here and with the rival. */
export async function compareViews(
  context: Context,
  portal: Portal,
): Promise<Figure[]> {
  const board = await portal.get('/v1/board?squad=mine');
  const components: string[] = board.rows.name;
  const rival = await context.startRival(portal);
  const ask = async (name: string) => {
    const response = await fetch(
      `${rival.url}/api/kubernetes/resources/workloads/query`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${rival.token}`,
        },
        body: JSON.stringify({
          entityRef: `component:default/${name}`,
          auth: {},
        }),
      },
    );
    await response.arrayBuffer();
    return response.ok;
  };
  // Its catalog has to read its files first.
  let known: string[] = [];
  for (let tries = 0, before = 0; tries < 60; tries++) {
    before = known.length;
    known = [];
    for (const name of components) if (await ask(name)) known.push(name);
    if (known.length > 0 && known.length === before) break;
    await rest(3_000);
  }
  const theirs = [];
  const ours = [];
  const theirCalls = [];
  const ourCalls = [];
  for (let run = 0; run < 5; run++) {
    const before = await countUpstream(portal);
    const started = performance.now();
    await Promise.all(known.map(ask));
    theirs.push(performance.now() - started);
    // What our watchers ask meanwhile is counted too, and is next to nothing.
    const between = await countUpstream(portal);
    theirCalls.push(between - before);
    ours.push(await portal.time('/v1/board?squad=mine'));
    ourCalls.push((await countUpstream(portal)) - between);
  }
  return [
    {
      name: `one view of a squad's ${known.length} services in ${portal.clusters.length} clusters, against Backstage's Kubernetes backend`,
      value: median(ours) / median(theirs),
      unit: '×',
      target: 1,
      note: `medians of 5: ours ${median(ours).toFixed(1)} ms and ${median(
        ourCalls,
      )} upstream calls, theirs ${median(theirs).toFixed(0)} ms and ${median(
        theirCalls,
      )} upstream calls`,
    },
  ];
}
