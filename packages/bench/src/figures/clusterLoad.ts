import { median, percentile } from '../lib/statistics.ts';
import { rest } from '../lib/rest.ts';
import type { Context, Figure, Measurement } from '../types.ts';

/** 120 commits an hour. */
const COMMIT_EVERY_MS = 30_000;
const COMMITS = 4;
/** Then faster, to see where it bends. */
const FASTER = [10_000, 3_000];
/** A world that can't follow makes each commit take longer than that. */
const FASTER_FOR_MS = 60_000;

function describeBoards(ms: number[]): string {
  return `board of a squad median ${median(ms).toFixed(0)}, p95 ${percentile(
    ms,
    0.95,
  ).toFixed(0)} ms`;
}

async function measureLoad(context: Context): Promise<Figure[]> {
  const portal = await context.startPortal({
    name: 'bench-cluster-load',
    catalog: 'people.yaml',
    sandbox: {
      services: 2000,
      squads: 100,
      clusters: 20,
      releases: 10_000,
      'no-artifacts': true,
    },
    database: 'postgres',
    nodeFlags: ['--max-semi-space-size=32', '--max-old-space-size=900'],
  });
  const complete = await portal.clustersComplete;
  const { rows } = await portal.get('/v1/board?squad=all');
  let next = 0;
  const run = async (everyMs: number, commits: number, limitMs = Infinity) => {
    const boards: number[] = [];
    const startedAt = performance.now();
    const before = portal.cpuSeconds();
    let count = 0;
    for (let i = 0; i < commits; i++) {
      if (performance.now() - startedAt > limitMs) break;
      count += 1;
      const due = startedAt + (i + 1) * everyMs;
      // A service that only the catalog knows can't be built.
      await portal
        .release(rows.name[(next += 7) % rows.name.length], 'dev')
        .catch(() => undefined);
      do {
        boards.push(await portal.time('/v1/board?squad=mine'));
        await rest(Math.min(1_000, Math.max(0, due - performance.now())));
      } while (performance.now() < due);
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const cores = (portal.cpuSeconds() - before) / seconds;
    return { cores, boards, everySeconds: seconds / count };
  };
  const usual = await run(COMMIT_EVERY_MS, COMMITS);
  const { peak } = portal.memory();
  const faster = [];
  for (const everyMs of FASTER) {
    const count = Math.ceil(60_000 / everyMs);
    const { cores, boards, everySeconds } = await run(
      everyMs,
      count,
      FASTER_FOR_MS,
    );
    faster.push(
      `every ${everySeconds.toFixed(1)} s: ${cores.toFixed(
        2,
      )} cores, ${describeBoards(boards)}`,
    );
  }
  return [
    {
      name: '20 clusters × 2,000 services, 120 commits an hour, PostgreSQL: processor',
      value: usual.cores,
      unit: 'cores',
      target: 1,
      note: `over ${COMMITS} commits; ${describeBoards(
        usual.boards,
      )}; a commit ${faster.join('; ')}`,
    },
    {
      name: 'memory of the backend at its highest meanwhile',
      value: peak,
      unit: 'MB',
      target: 1_200,
      note: `whole backend; complete ${complete.toFixed(0)} s after its start`,
    },
  ];
}

/** More clusters and services than the reference company has. */
export const clusterLoad: Measurement = {
  id: 'cluster-load',
  title: 'Twenty clusters of 2,000 services',
  measure: measureLoad,
};
