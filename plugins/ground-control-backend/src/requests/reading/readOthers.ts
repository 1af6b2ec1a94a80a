import {
  Release,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { applyServiceAccess } from '../../permissions';
import { ReadContext, ReleasesSettings } from '../../releases';
import {
  buildRelease,
  queryReleases,
  ReleaseRow,
} from '../../releases/buildRelease';
import { joinServices } from '../../releases/queryServices';

const RECENT_MS = 3_600_000;
const MOST = 10;

/** Releases of other services there in the last hour, newest first, that the reader may see. */
export async function readOthers(
  context: ReadContext,
  options: {
    settings: ReleasesSettings;
    service: ServiceRef;
    environment: string;
    now: Date;
  },
): Promise<Release[]> {
  const { service, environment, now, settings } = options;
  const query = queryReleases(context.knex)
    .where({
      'releases.repository': context.repository,
      'releases.environment': environment,
    })
    .where('releases.released_at', '>', now.getTime() - RECENT_MS)
    .whereNot(own =>
      own.where({
        'releases.namespace': service.namespace,
        'releases.service': service.name,
      }),
    )
    .orderBy([
      { column: 'releases.position', order: 'desc' },
      { column: 'releases.service' },
    ])
    .limit(MOST);
  joinServices(query, 'releases');
  applyServiceAccess(query, context.services, 'services');
  const rows: ReleaseRow[] = await query;
  return rows.map(row => buildRelease(row, { commitUrl: settings.commitUrl }));
}
