import {
  ServiceDetail,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildRelease, queryReleases, ReleaseRow } from './buildRelease';
import { buildEnvironments, buildPresence } from './buildBoard';
import { buildToolLinks } from './buildToolLinks';
import { readServiceProblems } from './readServiceProblems';
import { readVisibleService } from './readVisibleService';
import { ReadContext, ReleasesSettings } from './types';

type CurrentRow = ReleaseRow & { behind: number | null };

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
    .select('service_environments.behind')
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
  const [row, currentRows, problems] = await Promise.all([
    readVisibleService(context, service),
    current as Promise<CurrentRow[]>,
    readServiceProblems(context, service),
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
        ...(release?.behind !== null &&
          release?.behind !== undefined &&
          behindOf && { behind: release.behind, behindOf }),
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
