import { median, percentile } from '../lib/statistics.ts';
import type { Portal } from '../lib/Portal.ts';
import { READING_ALONE } from '../lib/readingAlone.ts';
import type { Context, Figure, Measurement } from '../types.ts';

/**
 * How long after the fetch of a release began, and after it was pushed, the API
 * tells it, in milliseconds.
 */
async function timeNewCommits(portal: Portal, count: number) {
  const board = await portal.get('/v1/board?squad=all');
  const fromFetch: number[] = [];
  const fromPush: number[] = [];
  for (let i = 0; i < count; i++) {
    const service = board.rows.name[i % board.rows.name.length];
    const begun = Date.now();
    // A service that only the catalog knows can't be built.
    const pushed = await portal.release(service, 'dev').catch(() => undefined);
    if (!pushed) continue;
    const started = performance.now();
    while ((await portal.get('/v1/repository')).revision !== pushed.commit) {
      // More often would take the time from what is measured.
      await new Promise(resolve => setTimeout(resolve, 15));
    }
    fromPush.push(performance.now() - started);
    // The fetch that brought it, or one that came too early for it.
    fromFetch.push(Date.now() - (await portal.readFetchAfter(begun)));
    // Commits come one at a time here; a storm is another figure.
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  return { fromFetch, fromPush };
}

/** How soon a new commit is told, from when its fetch began. */
export async function measureNewCommits(
  portal: Portal,
  count: number,
  { name, note }: { name: string; note: string },
): Promise<Figure> {
  const { fromFetch, fromPush } = await timeNewCommits(portal, count);
  return {
    name: `${name}, p95`,
    value: percentile(fromFetch, 0.95),
    unit: 'ms',
    target: 250,
    note: `${fromFetch.length} commits; median ${median(fromFetch).toFixed(
      0,
    )} and at most ${Math.max(...fromFetch).toFixed(
      0,
    )} ms; from the push, by webhook, median ${median(fromPush).toFixed(
      0,
    )} and p95 ${percentile(fromPush, 0.95).toFixed(0)} ms; ${note}`,
  };
}

function describeIngest({ withBoot }: { withBoot: number }): string {
  return `from the first request to the repository, while the backend boots; ${withBoot.toFixed(
    1,
  )} s from the start of its process`;
}

async function measureDefault(context: Context): Promise<Figure[]> {
  // Seven embedded clusters would have both cores of a small machine with each
  // commit; with them it is measured among the clusters.
  const portal = await context.startPortal({
    name: 'bench-default',
    sandbox: { 'no-clusters': true },
    config: READING_ALONE,
  });
  const ingest = await portal.readIngest();
  const commit = await measureNewCommits(portal, 100, {
    name: 'one new commit, from fetch to API',
    note: 'over HTTP',
  });
  const one = await portal.timeMany('/v1/board?squad=mine', 500);
  const all = await portal.timeMany('/v1/board?squad=all', 500);
  return [
    {
      name: 'ingest of the default repository from nothing',
      value: ingest.own,
      unit: 's',
      target: 10,
      note: `${describeIngest(ingest)}; 450 services, about 9,000 releases`,
    },
    commit,
    ...[
      ['board of one squad', one, 25] as const,
      ['board of all 450 services', all, 80] as const,
    ].map(([name, times, target]) => ({
      name: `${name}, p95`,
      value: percentile(times, 0.95),
      unit: 'ms' as const,
      target,
      note: `${times.length} requests; median ${median(times).toFixed(1)} ms`,
    })),
  ];
}

/** The default world: ingest, a new commit, and the board. */
export const ingestDefault: Measurement = {
  id: 'default',
  title: 'The reference company',
  measure: measureDefault,
};

/** What a repository of 100,000 releases costs on one kind of database. */
async function measureLarge(
  context: Context,
  database?: 'postgres',
): Promise<Figure[]> {
  const portal = await context.startPortal({
    name: database ? 'bench-large-postgres' : 'bench-large',
    sandbox: {
      releases: 102_000,
      days: 900,
      'no-artifacts': true,
      'no-clusters': true,
    },
    config: READING_ALONE,
    database,
  });
  const during: number[] = [];
  let asked = 0;
  await portal.waitUntilFresh(600_000, async () => {
    asked += 1;
    during.push(
      await portal.time(
        asked % 2 ? '/v1/board?squad=mine' : '/v1/board?squad=all',
      ),
    );
  });
  const ingest = await portal.readIngest();
  const memory = portal.memory();
  const { rows, strings } = await portal.get('/v1/board?squad=all');
  const namespace = strings[rows.namespace[0]] || '-';
  const history = await portal.timeMany(
    `/v1/services/${namespace}/${rows.name[0]}/releases?limit=50`,
    200,
  );
  return [
    {
      name: 'ingest of 100,000 release commits',
      value: ingest.own,
      unit: 's',
      target: 90,
      note: describeIngest(ingest),
    },
    {
      name: 'memory of the backend at its highest meanwhile',
      value: memory.peak,
      unit: 'MB',
      target: 400,
      note: `whole backend; ${memory.now.toFixed(0)} MB afterwards`,
    },
    {
      name: 'API while 100,000 commits are ingested, p95',
      value: percentile(during, 0.95),
      unit: 'ms',
      target: 300,
      note: `${
        during.length
      } boards, of one squad and of all in turn; median ${median(
        during,
      ).toFixed(0)} ms`,
    },
    {
      name: 'history page at 100,000 commits, p95',
      value: percentile(history, 0.95),
      unit: 'ms',
      target: 25,
      note: `${history.length} requests; median ${median(history).toFixed(
        1,
      )} ms`,
    },
  ];
}

/** A repository of 100,000 release commits. */
export const ingestLarge: Measurement = {
  id: 'large',
  title: '100,000 releases, on SQLite',
  measure: context => measureLarge(context),
};

/** The same with the database that several replicas share. */
export const ingestLargePostgres: Measurement = {
  id: 'large-postgres',
  title: '100,000 releases, on PostgreSQL',
  measure: context => measureLarge(context, 'postgres'),
};
