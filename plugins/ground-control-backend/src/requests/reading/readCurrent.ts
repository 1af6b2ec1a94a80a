import {
  Release,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext, ReleasesSettings } from '../../releases';
import {
  buildRelease,
  queryReleases,
  ReleaseRow,
} from '../../releases/buildRelease';
import { readServiceProblems } from '../../releases/readServiceProblems';

/** A release that is current, for readers and for comparing. */
export interface Current {
  release: Release;
  row: ReleaseRow;
}

/** Reads the release that is current there; who may see it was decided before. */
export async function readCurrent(
  context: ReadContext,
  options: {
    settings: ReleasesSettings;
    service: ServiceRef;
    environment: string;
  },
): Promise<Current | undefined> {
  const { service, environment, settings } = options;
  const [row, problems] = await Promise.all([
    queryReleases(context.knex)
      .where({
        'releases.repository': context.repository,
        'releases.namespace': service.namespace,
        'releases.service': service.name,
        'releases.environment': environment,
      })
      .orderBy('releases.position', 'desc')
      .first() as Promise<ReleaseRow | undefined>,
    readServiceProblems(context, service),
  ]);
  if (!row || row.intent === 'removed') return undefined;
  return {
    row,
    release: buildRelease(row, { commitUrl: settings.commitUrl, problems }),
  };
}
