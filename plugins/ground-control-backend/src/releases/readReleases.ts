import {
  ReleasePage,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildRelease, queryReleases, ReleaseRow } from './buildRelease';
import { Cursor, formatCursor } from './cursor';
import { readServiceProblems } from './readServiceProblems';
import { readVisibleService } from './readVisibleService';
import { ReadContext, ReleasesSettings } from './types';

/**
 * Reads a page of a service's releases, newest first. The page is found by
 * its position, not by counting rows, so that page 1,000 costs what page 1
 * does.
 *
 * @throws NotFoundError when the reader may not see the service
 */
export async function readReleases(
  context: ReadContext,
  options: {
    settings: ReleasesSettings;
    service: ServiceRef;
    environment?: string;
    before?: Cursor;
    limit: number;
    now: Date;
  },
): Promise<ReleasePage> {
  const { service, environment, before, limit } = options;
  const query = queryReleases(context.knex)
    .where({
      'releases.repository': context.repository,
      'releases.namespace': service.namespace,
      'releases.service': service.name,
    })
    .orderBy([
      { column: 'releases.position', order: 'desc' },
      { column: 'releases.environment' },
    ])
    .limit(limit + 1);
  if (environment !== undefined) {
    query.where('releases.environment', environment);
  }
  if (before?.environment) {
    // One commit may release a service in several environments.
    query
      .where('releases.position', '<=', before.position)
      .whereNot(seen =>
        seen
          .where('releases.position', before.position)
          .where('releases.environment', '<=', before.environment!),
      );
  } else if (before) {
    query.where('releases.position', '<', before.position);
  }
  const [, rows, problems] = await Promise.all([
    readVisibleService(context, service),
    query as Promise<ReleaseRow[]>,
    readServiceProblems(context, service),
  ]);
  const page: ReleasePage = {
    asOf: options.now.toISOString(),
    items: rows.slice(0, limit).map(row =>
      buildRelease(row, {
        commitUrl: options.settings.commitUrl,
        problems,
      }),
    ),
  };
  const last = rows[limit - 1];
  if (rows.length > limit && last) page.next = formatCursor(last);
  return page;
}
