import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Portal } from '../lib/Portal.ts';
import { median, percentile } from '../lib/statistics.ts';
import { timeNewCommits } from './ingest.ts';
import { waitForClusters } from '../lib/waitForClusters.ts';
import type { Context, Figure, Measurement } from '../types.ts';

const CHANGES = 40;
const CHANGES_ON_SCREEN = 12;
const VIEWERS = [1, 10, 100];
/** How long the clusters' calls are counted for each number of viewers. */
const COUNTING_MS = 30_000;

/** The places of the states in the list from worst to best. */
const SUSPENDED = '2';
const RECONCILED = '7';

const rest = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

interface EncodedBoard {
  environments: string[];
  clusters: { name: string; environment: string }[];
  rows: { name: string[] };
  cells: { clusters: string[] }[];
}

/** The character of a service's state in a cluster, as the board has it. */
function stateOf(board: EncodedBoard, service: string, cluster: string) {
  const { environment } = board.clusters.find(one => one.name === cluster)!;
  const of = board.clusters.filter(one => one.environment === environment);
  const column =
    board.cells[board.environments.indexOf(environment)].clusters[
      of.findIndex(one => one.name === cluster)
    ];
  return column[board.rows.name.indexOf(service)];
}

/** Services of the squad that are released in a cluster's environment. */
async function findServices(portal: Portal, cluster: string) {
  const board: EncodedBoard = await portal.get('/v1/board?squad=mine');
  return board.rows.name.filter(
    name => stateOf(board, name, cluster) === RECONCILED,
  );
}

/** Milliseconds from a change in a cluster until the API tells it. */
async function timeChanges(portal: Portal): Promise<number[]> {
  const { name: cluster } = portal.clusters[0];
  const services = await findServices(portal, cluster);
  const times = [];
  for (let i = 0; i < CHANGES; i++) {
    const service = services[Math.floor(i / 2) % services.length];
    const isSuspending = i % 2 === 0;
    const control = isSuspending ? 'suspend' : 'resume';
    const started = performance.now();
    await portal.control(control, { cluster, kustomization: service });
    for (;;) {
      const board = await portal.get('/v1/board?squad=mine');
      if ((stateOf(board, service, cluster) === SUSPENDED) === isSuspending) {
        break;
      }
      if (performance.now() - started > 30_000) {
        throw new Error(`${control} of ${service} is not told`);
      }
      await rest(15);
    }
    times.push(performance.now() - started);
    // What was resumed is applied anew, which takes the cluster some time.
    await rest(1_000 + (i % 7) * 100);
  }
  return times;
}

/** The same until an open page shows it. */
async function timeOnScreen(portal: Portal, page: Page): Promise<number[]> {
  const { name: cluster } = portal.clusters[0];
  const services = await findServices(portal, cluster);
  const [service] = services;
  await page.goto(
    `${portal.url}/releases/board?squad=all&group=none&q=${service}`,
  );
  await page.getByRole('row').nth(1).waitFor();
  // The first page after a start of the backend waits seconds for its channel
  // of signals: the server listens for one only after the first request.
  await rest(10_000);
  const times = [];
  for (let i = 0; i < CHANGES_ON_SCREEN; i++) {
    const isSuspending = i % 2 === 0;
    const started = performance.now();
    await portal.control(isSuspending ? 'suspend' : 'resume', {
      cluster,
      kustomization: service,
    });
    await page.waitForFunction(
      ([name, wanted]) =>
        [...document.querySelectorAll('.gc-pips')].some(pips =>
          new RegExp(`Suspended: [^.]*${name}`).test(pips.textContent ?? ''),
        ) === wanted,
      [cluster, isSuspending] as const,
      { polling: 'raf', timeout: 60_000 },
    );
    times.push(performance.now() - started);
    await rest(2_500 + (i % 5) * 170);
  }
  return times;
}

/**
 * People who look at boards, each about once a second, which is how often an
 * open page asks in a storm: most at a squad's, a tenth at all.
 */
function startViewers(portal: Portal, squads: string[], count: number) {
  let stopped = false;
  let views = 0;
  const view = async (index: number) => {
    await rest((index * 1_000) / count);
    while (!stopped) {
      await portal.get(
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

const sum = (values: Record<string, number>) =>
  Object.values(values).reduce((total, value) => total + value, 0);

async function readSquads(portal: Portal): Promise<string[]> {
  const board = await portal.get('/v1/board?squad=all');
  return board.squads.map((squad: { ref: string }) => squad.ref);
}

async function countCalls(portal: Portal): Promise<Figure> {
  const squads = await readSquads(portal);
  const counted = [];
  for (const viewers of [0, ...VIEWERS]) {
    const stop = startViewers(portal, squads, viewers);
    const before = sum(await portal.readUpstreamRequests());
    await rest(COUNTING_MS);
    const calls = sum(await portal.readUpstreamRequests()) - before;
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

/** What one view of the squad's services costs here and with the rival. */
async function compareViews(
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
  let calls = 0;
  for (let run = 0; run < 5; run++) {
    const before = sum(await portal.readUpstreamRequests());
    const started = performance.now();
    await Promise.all(known.map(ask));
    theirs.push(performance.now() - started);
    // What our watchers ask meanwhile is counted too, and is next to nothing.
    calls = sum(await portal.readUpstreamRequests()) - before;
    ours.push(await portal.time('/v1/board?squad=mine'));
  }
  return [
    {
      name: `one view of a squad's ${known.length} services in ${portal.clusters.length} clusters, against Backstage's Kubernetes backend`,
      value: median(ours) / median(theirs),
      unit: '×',
      target: 1,
      note: `medians of 5: ours ${median(ours).toFixed(
        1,
      )} ms and 0 upstream calls, theirs ${median(theirs).toFixed(
        0,
      )} ms and ${calls} upstream calls`,
    },
  ];
}

/** One release: every Kustomization of every cluster moves; with 100 viewers. */
async function measureStorm(portal: Portal): Promise<Figure[]> {
  const stop = startViewers(portal, await readSquads(portal), 100);
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
  await stop();
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
      note: `${boards.length} boards; median ${median(boards).toFixed(0)} ms`,
    },
  ];
}

async function measureClusters(context: Context): Promise<Figure[]> {
  const portal = await context.startPortal({ name: 'bench-clusters' });
  const complete = await portal.clustersComplete;
  const memory = portal.memory();
  // The services' own repositories are read for the first time meanwhile.
  await portal.waitUntilIdle(300_000);
  const changes = await timeChanges(portal);
  const browser = await chromium.launch({
    executablePath: context.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  let shown: number[];
  try {
    const page = await (
      await browser.newContext({ viewport: { width: 1440, height: 900 } })
    ).newPage();
    await page.addInitScript(person => {
      window.sessionStorage.setItem(
        'ground-control.development-sign-in',
        person,
      );
    }, portal.person);
    shown = await timeOnScreen(portal, page);
  } finally {
    await browser.close();
  }
  const commits = await timeNewCommits(portal, 20);
  await portal.waitUntilIdle(120_000);
  const calls = await countCalls(portal);
  const storm = await measureStorm(portal);
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
    {
      name: 'a change in a cluster to the API, p95',
      value: percentile(changes, 0.95),
      unit: 'ms',
      target: 500,
      note: `${changes.length} changes; median ${median(changes).toFixed(
        0,
      )} ms`,
    },
    {
      name: 'a change in a cluster to an open page, p95',
      value: percentile(shown, 0.95),
      unit: 'ms',
      target: 1_500,
      note: `${shown.length} changes; median ${median(shown).toFixed(0)} ms`,
    },
    {
      name: 'one new commit, from push to API, with clusters and source history, p95',
      value: percentile(commits, 0.95),
      unit: 'ms',
      target: 250,
      note: `${commits.length} commits one after the other; median ${median(
        commits,
      ).toFixed(
        0,
      )} ms; the embedded clusters work on the same two cores with each`,
    },
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
