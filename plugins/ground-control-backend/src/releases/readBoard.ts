import {
  Board,
  RepositoryStatus,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildBoard } from './buildBoard';
import { parseCluster } from './clusters/parseCluster';
import { queryClusters } from './clusters/queryClusters';
import { ClusterRow } from './clusters/types';
import {
  applySelection,
  joinServices,
  queryServices,
  ServiceSelection,
} from './queryServices';
import { SquadMarks } from './SquadMarks';
import { ReadContext, ReleasesSettings, ServiceRow } from './types';

/**
 * Only what is, or should be, on a cluster: a service that was removed
 * everywhere, or is only in the artifact store, has a history but no row.
 */
function whereOnBoard(
  query: ReturnType<typeof queryServices>,
  context: ReadContext,
  selection: ServiceSelection,
) {
  applySelection(query, context, selection);
  query.where(known =>
    known
      .where('services.in_repository', true)
      .orWhere('services.in_catalog', true),
  );
}

/**
 * Reads the board: seven queries whatever the number of services, each
 * narrowed by the same condition.
 */
export async function readBoard(
  context: ReadContext,
  options: {
    settings: ReleasesSettings;
    selection: ServiceSelection;
    repository: Promise<RepositoryStatus>;
    mayReadClusters: boolean;
    marks: SquadMarks;
    now: Date;
  },
): Promise<Omit<Board, 'mine'>> {
  const { knex } = context;
  const services = knex('services')
    .select(
      'services.namespace',
      'services.service',
      'squad_ref',
      'artifact_squad_ref',
      'entity_ref',
      'in_repository',
      'in_catalog',
    )
    .orderBy([
      { column: 'services.service' },
      { column: 'services.namespace' },
    ]);
  whereOnBoard(services, context, options.selection);

  const cells = knex('service_environments').select(
    'service_environments.environment',
    'service_environments.namespace',
    'service_environments.service',
    'service_environments.position',
    'removed',
    'artifact_id',
    'application_commit',
    'plan_commit',
    'branch',
    'intent',
    'released_at',
    'by_name',
    'behind',
    'behind_commits',
    'behind_commits_from',
    'behind_commits_to',
  );
  joinServices(cells, 'service_environments');
  whereOnBoard(cells, context, options.selection);

  const problems = knex('problems')
    .select(
      'problems.namespace',
      'problems.service',
      'problems.environment',
      knex.raw('count(*) as problems'),
      knex.raw(
        "sum(case when problems.code like 'artifact-%' then 1 else 0 end) as artifact_problems",
      ),
    )
    .groupBy('problems.namespace', 'problems.service', 'problems.environment');
  joinServices(problems, 'problems');
  whereOnBoard(problems, context, options.selection);

  const states = knex('cluster_services').select(
    'cluster_services.cluster',
    'cluster_services.environment',
    'cluster_services.namespace',
    'cluster_services.service',
    'cluster_services.release_position',
    'cluster_services.state',
    knex.raw(
      'case when cluster_services.blocked_by is null then 0 else 1 end as blocked',
    ),
  );
  joinServices(states, 'cluster_services');
  whereOnBoard(states, context, options.selection);

  // Begins with those that are marked: most boards have none.
  const unapproved = knex('unapproved_releases')
    .join('service_environments', {
      'service_environments.repository': 'unapproved_releases.repository',
      'service_environments.environment': 'unapproved_releases.environment',
      'service_environments.namespace': 'unapproved_releases.namespace',
      'service_environments.service': 'unapproved_releases.service',
    })
    // The current release, or what was edited of it since.
    .whereRaw('unapproved_releases.position >= service_environments.position')
    .select(
      'unapproved_releases.environment',
      'unapproved_releases.namespace',
      'unapproved_releases.service',
    );
  joinServices(unapproved, 'unapproved_releases');
  whereOnBoard(unapproved, context, options.selection);

  const squads = knex('squads').select('squad_ref', 'title');

  const [
    serviceRows,
    cellRows,
    problemRows,
    stateRows,
    clusterRows,
    unapprovedRows,
    squadRows,
    repository,
  ] = await Promise.all([
    services,
    cells,
    problems,
    states,
    queryClusters(knex) as Promise<ClusterRow[]>,
    unapproved,
    squads,
    options.repository,
  ]);
  const board = buildBoard({
    now: options.now,
    settings: options.settings,
    repository,
    services: serviceRows,
    cells: cellRows,
    problems: problemRows,
    clusters: clusterRows.map(row =>
      parseCluster(row, options.settings.environments),
    ),
    clusterStates: stateRows,
    unapproved: unapprovedRows,
    mayReadClusters: options.mayReadClusters,
    squadTitles: new Map(squadRows.map(row => [row.squad_ref, row.title])),
  });
  const ofSquads = squadsOf(options.selection, serviceRows);
  const marks = ofSquads && (await options.marks.mark(ofSquads));
  return marks ? { ...board, marks } : board;
}

/** Whose services a board is of; undefined where that may change. */
function squadsOf(
  selection: ServiceSelection,
  rows: ServiceRow[],
): string[] | undefined {
  if (selection.squads) return selection.squads;
  if (selection.entityRef === undefined || rows.length === 0) return undefined;
  const squads = rows.flatMap(({ squad_ref: squad }) => squad ?? []);
  return squads.length === rows.length ? [...new Set(squads)] : undefined;
}
