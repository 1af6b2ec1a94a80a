import {
  Permit,
  ReleaseChoices,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext, ReleasesSettings } from '../../releases';
import { buildCandidates } from './buildCandidates';
import { formatCandidateCursor } from './candidateCursor';
import { BuildRow, queryBuilds, toCandidateCursor } from './queryBuilds';
import { MOST_CANDIDATES } from './readCandidatePage';
import { readCurrent } from './readCurrent';
import { readRollbacks } from './readRollbacks';
import { readRunning } from './readRunning';

interface Options {
  settings: ReleasesSettings;
  service: ServiceRef;
  environment: string;
}

/** What the nearest environment before runs; a service may use fewer of them. */
function findBefore(
  { settings, environment }: Options,
  running: Map<string, string>,
): string | undefined {
  const { environments } = settings;
  return environments
    .slice(0, environments.indexOf(environment))
    .reverse()
    .flatMap(before => running.get(before) ?? [])[0];
}

async function readCandidates(
  context: ReadContext,
  options: Options,
  running: Map<string, string>,
): Promise<{ rows: BuildRow[]; recommended?: string; next?: string }> {
  const { settings, environment } = options;
  const found: BuildRow[] = await queryBuilds(context, options).limit(
    MOST_CANDIDATES + 1,
  );
  const rows = found.slice(0, MOST_CANDIDATES);
  const isFirst = settings.environments.indexOf(environment) <= 0;
  const recommended = isFirst
    ? rows.find(row => row.branch === settings.mainBranch)?.artifact_id
    : findBefore(options, running);
  let last = found.length > rows.length ? rows.at(-1) : undefined;
  if (recommended && !rows.some(row => row.artifact_id === recommended)) {
    // What is usually meant is there, however many builds came since.
    const row: BuildRow | undefined = await queryBuilds(context, options)
      .where({ artifact_id: recommended })
      .first();
    if (row) {
      rows.splice(MOST_CANDIDATES - 1, rows.length, row);
      // The one whose place it took is the first of the next page.
      last = rows.at(-2);
    }
  }
  return {
    rows,
    recommended,
    ...(last && { next: formatCandidateCursor(toCandidateCursor(last)) }),
  };
}

/** Branches of some builds, the main branch first. */
function listBranches(rows: BuildRow[], mainBranch: string): string[] {
  const branches = new Set(rows.flatMap(({ branch }) => branch ?? []));
  return branches.delete(mainBranch)
    ? [mainBranch, ...branches]
    : [...branches];
}

/**
 * Reads what can be released to an environment, and gone back to; that the
 * reader may see the service was asked before.
 */
export async function readChoices(
  context: ReadContext,
  options: Options & { ask: Permit; now: Date },
): Promise<ReleaseChoices> {
  const { service, environment, settings, ask, now } = options;
  const [current, running] = await Promise.all([
    readCurrent(context, options),
    readRunning(context, service),
  ]);
  const [{ rows, recommended, next }, rollbacks] = await Promise.all([
    readCandidates(context, options, running),
    readRollbacks(context, {
      settings,
      service,
      environment,
      current: current?.row,
      now,
    }),
  ]);
  return {
    asOf: now.toISOString(),
    ...(current && { current: current.release }),
    candidates: buildCandidates(rows, {
      environments: settings.environments,
      running,
      recommended,
      now,
    }),
    ...(next && { nextCandidates: next }),
    rollbacks: rollbacks.items,
    ...(rollbacks.next && { nextRollbacks: rollbacks.next }),
    branches: listBranches(rows, settings.mainBranch),
    ask,
  };
}
