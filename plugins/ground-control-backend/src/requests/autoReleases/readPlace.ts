import { Knex } from 'knex';
import { OPEN_REQUEST_STATES } from '@ground-control/backstage-plugin-ground-control-common';
import { builtOrCame } from './readNewBuilds';
import { AutoReleasePlace, NewBuild } from './types';

/** Reads what an environment has of a build's service. */
export async function readPlace(
  knex: Knex,
  options: {
    repository: string;
    build: NewBuild;
    environment: string;
    branch: string | undefined;
  },
): Promise<AutoReleasePlace> {
  const { repository, build, environment, branch } = options;
  const { namespace, service, artifactId } = build;
  const place = { repository, environment, namespace, service };
  const [current, requests] = await Promise.all([
    knex('service_environments as e')
      .leftJoin('artifacts as a', {
        'a.repository': 'e.repository',
        'a.namespace': 'e.namespace',
        'a.service': 'e.service',
        'a.artifact_id': 'e.artifact_id',
      })
      .where({
        'e.repository': repository,
        'e.environment': environment,
        'e.namespace': namespace,
        'e.service': service,
        'e.removed': false,
      })
      .first('e.artifact_id', knex.raw(`${builtOrCame('a')} as built_at`)),
    knex('release_requests')
      .where({ ...place, kind: 'release' })
      .where(either =>
        either
          .whereIn('state', [...OPEN_REQUEST_STATES])
          .orWhere({ intent: 'auto-release', artifact_id: artifactId }),
      )
      .select('intent', 'artifact_id', 'state'),
  ]);
  const isOpen = (state: string) =>
    OPEN_REQUEST_STATES.some(open => open === state);
  return {
    environment,
    ...(branch !== undefined && { branch }),
    ...(typeof current?.artifact_id === 'string' && {
      current: {
        artifactId: current.artifact_id,
        builtAt: current.built_at === null ? null : Number(current.built_at),
      },
    }),
    personAsks: requests.some(
      row => row.intent !== 'auto-release' && isOpen(row.state),
    ),
    asked: requests.some(
      row => row.intent === 'auto-release' && row.artifact_id === artifactId,
    ),
  };
}

/** Whether a later build of the same branch is known; of one of no age any that has one. */
export async function hasLaterBuild(
  knex: Knex,
  repository: string,
  { namespace, service, branch, builtAt }: NewBuild,
): Promise<boolean> {
  const after = builtAt ?? 0;
  const find = (query: Knex.QueryBuilder) =>
    query
      .where({ repository, namespace, service, branch, in_store: true })
      .first('artifact_id');
  // As builtOrCame has it, in two looks that the index answers: a store that is
  // read for the first time has thousands of builds, and each is asked of.
  const [built, came] = await Promise.all([
    find(knex('artifacts').where('built_at', '>', after)),
    find(
      knex('artifacts').whereNull('built_at').where('arrived_at', '>', after),
    ),
  ]);
  return built !== undefined || came !== undefined;
}
