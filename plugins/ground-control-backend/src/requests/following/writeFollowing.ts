import { Knex } from 'knex';
import { addStep } from '../addStep';
import { moveRequest } from '../moveRequest';
import { lockRequests } from '../store/lockRequests';
import { FollowDecision, FollowedRequest } from './types';

const ACTOR = 'system:clusters';

/**
 * Writes how far a request is, all of it or nothing.
 *
 * @returns false where it is no longer as it was when that was decided
 */
export async function writeFollowing(
  tx: Knex.Transaction,
  request: Pick<FollowedRequest, 'number' | 'revision'>,
  decision: FollowDecision,
  now: number,
): Promise<boolean> {
  const { number } = request;
  const [row] = await lockRequests(tx, [number]);
  if (row?.state !== 'committed' || row.revision !== request.revision) {
    return false;
  }
  const { clusters, steps, end } = decision;
  if (decision.changed) {
    await tx('release_request_clusters')
      .where({ number })
      .whereNotIn(
        'cluster',
        clusters.map(({ cluster }) => cluster),
      )
      .delete();
    if (clusters.length > 0) {
      await tx('release_request_clusters')
        .insert(
          clusters.map(one => ({
            number,
            cluster: one.cluster,
            state: one.state,
            service_state: one.service ?? null,
            reason: one.reason ?? null,
            since: one.since,
          })),
        )
        .onConflict(['number', 'cluster'])
        .merge();
    }
  }
  for (const step of steps) await addStep(tx, { number, at: now, ...step });
  if (end) {
    await moveRequest(tx, {
      number,
      event: { ...end, at: now, actor: ACTOR },
    });
  }
  return true;
}
