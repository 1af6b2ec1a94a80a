import {
  Permit,
  ReleaseChoices,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { findBefore } from '../../lib/findBefore';
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

/** Where a promotion takes its build from; a service may use fewer of them. */
function findSource(
  { settings, environment }: Options,
  running: Map<string, string>,
): string | undefined {
  const { environments } = settings;
  return (
    findBefore(environments, environment, before => running.has(before)) ??
    environments[environments.indexOf(environment) - 1]
  );
}

async function readCandidates(
  context: ReadContext,
  options: Options,
  recommendedOf: (rows: BuildRow[]) => string | undefined,
): Promise<{ rows: BuildRow[]; recommended?: string; next?: string }> {
  const found: BuildRow[] = await queryBuilds(context, options).limit(
    MOST_CANDIDATES + 1,
  );
  const rows = found.slice(0, MOST_CANDIDATES);
  const recommended = recommendedOf(rows);
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
  const promotesFrom = findSource(options, running);
  const isOfMain = (row: BuildRow) => row.branch === settings.mainBranch;
  const [{ rows, recommended, next }, rollbacks] = await Promise.all([
    readCandidates(context, options, found =>
      promotesFrom === undefined
        ? found.find(isOfMain)?.artifact_id
        : running.get(promotesFrom),
    ),
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
    ...(promotesFrom !== undefined && { promotesFrom }),
    ask,
  };
}
