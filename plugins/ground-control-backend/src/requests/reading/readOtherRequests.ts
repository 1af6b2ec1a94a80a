import { OtherRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { RelatedServices } from '../../links/calls/findRelated';
import { ReadContext } from '../../releases';
import { formatTime } from '../../releases/formatTime';
import { parseRequestRow } from '../store/parseRequestRow';
import { ReleaseRow, RequestRow } from '../types';
import { createRelationFinder, listNear } from './findRelations';
import { queryVisible } from './queryRequests';
import { formatRequestId } from './requestId';

const TABLE = 'release_requests';
/** Approved, and no commit yet. */
const TO_COME = ['approved', 'held'] as const;
const MOST = 10;

/**
 * Requests for the service there, its callers and callees that are approved and
 * not on the branch yet, as far as the reader may see them: the service's own
 * first, and the oldest.
 */
export async function readOtherRequests(
  context: ReadContext,
  options: { row: ReleaseRow; related?: RelatedServices },
): Promise<OtherRequest[]> {
  const { related, row } = options;
  const own = { namespace: row.namespace, name: row.service };
  const query = queryVisible(context)
    .where({
      [`${TABLE}.kind`]: 'release',
      [`${TABLE}.environment`]: row.environment,
    })
    .whereIn(`${TABLE}.state`, [...TO_COME])
    .whereNot(`${TABLE}.number`, row.number)
    .whereIn([`${TABLE}.namespace`, `${TABLE}.service`], listNear(own, related))
    .orderByRaw(
      `case when ${TABLE}.namespace = ? and ${TABLE}.service = ? then 0 else 1 end`,
      [own.namespace, own.name],
    )
    .orderBy(`${TABLE}.number`)
    .limit(MOST)
    .select(`${TABLE}.*`);
  const findRelations = createRelationFinder(related);
  const rows: RequestRow[] = (await query).map(parseRequestRow);
  return rows.map(one => {
    const service = { namespace: one.namespace, name: one.service };
    return {
      id: formatRequestId(one.number),
      service,
      artifactId: one.artifact_id,
      state: one.state as OtherRequest['state'],
      since: formatTime(one.since),
      relations: findRelations(service),
    };
  });
}
