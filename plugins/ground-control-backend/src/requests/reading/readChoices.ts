import {
  Artifact,
  Permit,
  ReleaseCandidate,
  ReleaseChoices,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext, ReleasesSettings } from '../../releases';
import { readCurrent } from './readCurrent';
import { readRollbacks } from './readRollbacks';

const MOST = 50;

interface BuildRow {
  artifact_id: string;
  description: string;
  branch: string | null;
  in_store: boolean | number;
}

const COLUMNS = ['artifact_id', 'description', 'branch', 'in_store'];

interface Options {
  settings: ReleasesSettings;
  service: ServiceRef;
  environment: string;
}

function queryBuilds({ knex, repository }: ReadContext, service: ServiceRef) {
  return knex('artifacts')
    .where({ repository, namespace: service.namespace, service: service.name })
    .orderByRaw('built_at is null, built_at desc, artifact_id')
    .select(COLUMNS);
}

/** What each environment runs. */
async function readRunning(
  { knex, repository }: ReadContext,
  service: ServiceRef,
): Promise<Map<string, string>> {
  const rows = await knex('service_environments')
    .where({
      repository,
      namespace: service.namespace,
      service: service.name,
      removed: false,
    })
    .whereNotNull('artifact_id')
    .select('environment', 'artifact_id');
  return new Map(rows.map(row => [row.environment, row.artifact_id]));
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
): Promise<{ rows: BuildRow[]; recommended?: string }> {
  const { service, settings, environment } = options;
  const rows: BuildRow[] = await queryBuilds(context, service).limit(MOST);
  const isFirst = settings.environments.indexOf(environment) <= 0;
  const recommended = isFirst
    ? rows.find(row => row.branch === settings.mainBranch)?.artifact_id
    : findBefore(options, running);
  if (recommended && !rows.some(row => row.artifact_id === recommended)) {
    // What is usually meant is there, however many builds came since.
    const row: BuildRow | undefined = await queryBuilds(context, service)
      .where({ artifact_id: recommended })
      .first();
    if (row) rows.splice(MOST - 1, rows.length, row);
  }
  return { rows, recommended };
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
  const [{ rows, recommended }, rollbacks] = await Promise.all([
    readCandidates(context, options, running),
    readRollbacks(context, {
      settings,
      service,
      environment,
      current: current?.row,
      now,
    }),
  ]);
  const runsIn = (artifactId: string) =>
    [...running].flatMap(([at, id]) => (id === artifactId ? at : []));
  const order = (a: string, b: string) =>
    settings.environments.indexOf(a) - settings.environments.indexOf(b);
  return {
    asOf: now.toISOString(),
    ...(current && { current: current.release }),
    candidates: rows.map(
      (row): ReleaseCandidate => ({
        artifact: JSON.parse(row.description) as Artifact,
        runsIn: runsIn(row.artifact_id).sort(order),
        stored: Boolean(row.in_store),
        recommended: row.artifact_id === recommended,
      }),
    ),
    rollbacks,
    branches: listBranches(rows, settings.mainBranch),
    ask,
  };
}
