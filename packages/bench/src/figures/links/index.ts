import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Portal } from '../../lib/Portal.ts';
import { rest } from '../../lib/rest.ts';
import { median, percentile } from '../../lib/statistics.ts';
import type { Context, Figure, Measurement } from '../../types.ts';
import { buildLibraries } from './buildLibraries.ts';
import type { HistorySize } from './history.ts';
import { READ_EVERY_S, startLinksPortal } from './startLinksPortal.ts';
import { startProcess } from './startProcess.ts';
import { CLUSTERS, nameCluster } from './world.ts';

const WINDOWS = ['5m', '1h', '24h', '7d'] as const;
const PAIRS = CLUSTERS * (CLUSTERS - 1);
/** The turn of an hour, which the backend begins with, is over by then. */
const WARM_UP_S = 60;
/** Six readings of all. */
const MEASURED_S = 90;
const MATRICES = 60;
const CHARTS = 100;

async function timeMatrices(portal: Portal): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const window of WINDOWS) {
    const path = `/v1/links?window=${window}&percentile=p95`;
    const times: number[] = [];
    let bytes = 0;
    for (let i = -10; i < MATRICES; i += 1) {
      const started = performance.now();
      bytes = (await portal.fetch(path)).length;
      if (i >= 0) times.push(performance.now() - started);
    }
    figures.push({
      name: `matrix of ${CLUSTERS} clusters, ${window}, p95`,
      value: percentile(times, 0.95),
      unit: 'ms',
      target: 30,
      note: `${times.length} requests; median ${median(times).toFixed(
        1,
      )} ms; ${(bytes / 1e6).toFixed(
        2,
      )} MB of JSON, packed for the way; links are measured meanwhile`,
    });
  }
  return figures;
}

async function timeCharts(portal: Portal): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const window of WINDOWS) {
    const times: number[] = [];
    for (let i = -10; i < CHARTS; i += 1) {
      const from = (i + 10) % CLUSTERS;
      const to = (from + 1 + ((i + 10) % (CLUSTERS - 1))) % CLUSTERS;
      const path = `/v1/links/${nameCluster(from)}/${nameCluster(to)}`;
      const started = performance.now();
      await portal.fetch(`${path}?window=${window}&percentile=p95`);
      if (i >= 0) times.push(performance.now() - started);
    }
    figures.push({
      name: `a link's chart, ${window}, p95`,
      value: percentile(times, 0.95),
      unit: 'ms',
      target: 30,
      note: `${times.length} requests, each of another link; median ${median(
        times,
      ).toFixed(1)} ms`,
    });
  }
  return figures;
}

/** @throws where what is timed is not what is promised */
async function checkLinks(portal: Portal): Promise<void> {
  const { cells, strings, asOf } = await portal.get('/v1/links?window=5m');
  const times: number[] = cells.sampledAt.map((i: number) =>
    Date.parse(strings[i] ?? '1970-01-01'),
  );
  const oldest = Date.parse(asOf) - 2 * READ_EVERY_S * 1_000;
  const late = times.filter(time => time < oldest);
  if (times.length !== PAIRS || late.length > 0) {
    throw new Error(
      `${times.length} links are measured, ${late.length} of them late`,
    );
  }
}

async function timeIngest(portal: Portal): Promise<Figure[]> {
  await rest(WARM_UP_S * 1_000);
  const before = portal.cpuSeconds();
  const started = performance.now();
  await rest(MEASURED_S * 1_000);
  const seconds = (performance.now() - started) / 1_000;
  const cores = (portal.cpuSeconds() - before) / seconds;
  await checkLinks(portal);
  return [
    {
      name: `${PAIRS} links read every ${READ_EVERY_S} s: processor`,
      value: cores,
      unit: 'cores',
      target: 0.25,
      note: `whole backend over ${seconds.toFixed(
        0,
      )} s; ${CLUSTERS} places over HTTP, each with all that a probe says; ${portal
        .memory()
        .peak.toFixed(0)} MB at the highest`,
    },
  ];
}

function describeSize(size: HistorySize): Figure[] {
  return [
    {
      name: 'kept of one link and day, five minutes each',
      value: size.fiveMinutes,
      unit: 'B',
      target: 2_000,
      note: 'of the last 8 days; a probe every 5 s; keys and indexes included',
    },
    {
      name: 'kept of one link and day, hours each',
      value: size.hours,
      unit: 'B',
      target: 750,
      note: 'of the 82 days before',
    },
    {
      name: `90 days of ${PAIRS} links`,
      value: size.days / 1e6,
      unit: 'MB',
      target: 250,
      note: `SQLite, after vacuum; ${(size.others / 1e6).toFixed(
        1,
      )} MB beside it for the present`,
    },
  ];
}

async function measureLinks(context: Context): Promise<Figure[]> {
  const folder = await mkdtemp(join(context.root, '.data', 'links-'));
  const ends: Array<() => void> = [];
  try {
    const libraries = await buildLibraries(context.root, folder);
    const probes = await startProcess<string[]>('probes.ts', libraries);
    ends.push(() => probes.child.kill());
    context.say('90 days of history…');
    const history = await startProcess<{ size?: HistorySize; error?: string }>(
      'history.ts',
      {
        ...libraries,
        filename: join(folder, 'ground-control.sqlite'),
      },
    );
    history.child.kill();
    const { size, error } = history.said;
    if (!size) throw new Error(error);
    const portal = await startLinksPortal(context, {
      name: 'bench-links',
      addresses: probes.said,
      config: { 'backend.database.connection.directory': folder },
    });
    context.say('Readings…');
    return [
      ...(await timeIngest(portal)),
      ...(await timeMatrices(portal)),
      ...(await timeCharts(portal)),
      ...describeSize(size),
    ];
  } finally {
    for (const end of ends) end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Links at the size that is promised, on SQLite. */
export const linkFigures: Measurement = {
  id: 'links',
  title: `Links of ${CLUSTERS} clusters`,
  measure: measureLinks,
};
