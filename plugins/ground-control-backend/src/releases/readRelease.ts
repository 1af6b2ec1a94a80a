import { NotFoundError } from '@backstage/errors';
import {
  ReleaseId,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { queryReleases, ReleaseRow } from './buildRelease';
import { ReadContext } from './types';

/**
 * Reads one release of a service; who may see it was decided before.
 *
 * @throws NotFoundError when there is none
 */
export async function readRelease(
  context: ReadContext,
  service: ServiceRef,
  id: ReleaseId,
): Promise<ReleaseRow> {
  const row = await queryReleases(context.knex)
    .where({
      'releases.repository': context.repository,
      'releases.namespace': service.namespace,
      'releases.service': service.name,
      'releases.environment': id.environment,
      'releases.position': id.position,
    })
    .first();
  if (!row) {
    throw new NotFoundError(
      `The service has no release ${JSON.stringify(
        `${id.environment}@${id.position}`,
      )}; the history may have been rewritten since`,
    );
  }
  return row;
}
