import {
  ServiceDetail,
  ServiceEnvironment,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildRelease, queryReleases, ReleaseRow } from './buildRelease';
import { buildEnvironments, buildPresence } from './buildBoard';
import { BehindCommitsRow, countBehindCommits } from './countBehindCommits';
import { buildToolLinks } from './buildToolLinks';
import { readServiceClusters } from './clusters/readServiceClusters';
import { readServiceProblems } from './readServiceProblems';
import { readVisibleService } from './readVisibleService';
import { ReadContext, ReleasesSettings } from './types';

type CurrentRow = ReleaseRow & BehindCommitsRow & { behind: number | null };

/** How far an environment is behind the last one before it that has a release. */
function buildBehind(
  release: CurrentRow,
  behindOf: string | undefined,
  byEnvironment: Map<string, CurrentRow>,
): Pick<ServiceEnvironment, 'behind' | 'behindCommits' | 'behindOf'> {
  if (behindOf === undefined) return {};
  const commits = countBehindCommits(release, byEnvironment.get(behindOf));
  return {
    ...(release.behind !== null && { behind: release.behind }),
    ...(commits !== undefined && { behindCommits: commits }),
    ...((release.behind !== null || commits !== undefined) && { behindOf }),
  };
}

/**
 * Reads one service and where it stands.
 *
 * @throws NotFoundError when the reader may not see the service
 */
export async function readService(
  context: ReadContext,
  options: { settings: ReleasesSettings; service: ServiceRef; now: Date },
): Promise<ServiceDetail> {
  const { settings, service } = options;
  const current = queryReleases(context.knex)
    .select(
      'service_environments.behind',
      'service_environments.application_commit',
      'service_environments.behind_commits',
      'service_environments.behind_commits_from',
      'service_environments.behind_commits_to',
    )
    .join('service_environments', join =>
      join
        .on('service_environments.repository', 'releases.repository')
        .andOn('service_environments.environment', 'releases.environment')
        .andOn('service_environments.namespace', 'releases.namespace')
        .andOn('service_environments.service', 'releases.service')
        .andOn('service_environments.position', 'releases.position'),
    )
    .where({
      'releases.repository': context.repository,
      'releases.namespace': service.namespace,
      'releases.service': service.name,
      'service_environments.removed': false,
    });
  const [row, currentRows, problems, buildClusters] = await Promise.all([
    readVisibleService(context, service),
    current as Promise<CurrentRow[]>,
    readServiceProblems(context, service),
    readServiceClusters(context, {
      service,
      environments: settings.environments,
      now: options.now.getTime(),
    }),
  ]);
  const byEnvironment = new Map(currentRows.map(r => [r.environment, r]));
  const environments = buildEnvironments(
    settings.environments,
    byEnvironment.keys(),
  );
  let before: string | undefined;
  const detail: ServiceDetail = {
    asOf: options.now.toISOString(),
    service,
    presence: buildPresence(row),
    environments: environments.map(environment => {
      const release = byEnvironment.get(environment);
      const behindOf = before;
      if (release) before = environment;
      return {
        environment,
        ...(release && {
          current: buildRelease(release, {
            commitUrl: settings.commitUrl,
            problems,
          }),
        }),
        ...(release && buildBehind(release, behindOf, byEnvironment)),
        clusters: release ? buildClusters(release) : [],
        links: release
          ? buildToolLinks(settings.links, {
              service: service.name,
              // The folder, and so the Kubernetes namespace, of a service
              // without namespace is named after the environment.
              namespace: service.namespace || environment,
              environment,
              squad: row.squad_ref?.split('/').pop(),
              artifactId: release.artifact_id ?? undefined,
            })
          : [],
      };
    }),
    problems,
  };
  if (row.squad_ref) {
    detail.squad = row.squad_ref;
    const squad = await context
      .knex('squads')
      .where({ squad_ref: row.squad_ref })
      .first('title');
    if (squad) detail.squadTitle = squad.title;
  }
  if (row.entity_ref) detail.entityRef = row.entity_ref;
  if (row.artifact_squad_ref) detail.artifactSquad = row.artifact_squad_ref;
  return detail;
}
