import { Knex } from 'knex';
import {
  decideHealthySeconds,
  readArrivals,
  readFailures,
  readWatches,
} from '../../releases/health';
import { RequestRow } from '../../requests/types';
import { RollbackFacts } from '../decide/types';
import { ReleaseToJudge } from '../types';

const ENDS: Partial<Record<RequestRow['state'], RollbackFacts['request']>> = {
  committed: 'under-way',
  succeeded: 'succeeded',
  failed: 'failed',
};

/** Reads what is known of the release that a rollback goes back to. */
export async function readRollback(
  knex: Knex,
  repository: string,
  release: ReleaseToJudge,
  now: number,
): Promise<RollbackFacts | undefined> {
  const { service, environment, rollbackRevision: revision } = release;
  if (release.intent !== 'rollback' || revision === undefined) return undefined;
  const place = {
    repository,
    environment,
    namespace: service.namespace,
    service: service.name,
  };
  // By the commit: after a rewritten history its position is another's.
  const row = await knex('releases as r')
    .join('commits as c', {
      'c.repository': 'r.repository',
      'c.position': 'r.position',
    })
    .where({
      'r.repository': repository,
      'r.environment': environment,
      'r.namespace': service.namespace,
      'r.service': service.name,
      'c.revision': revision,
    })
    .first('r.artifact_id', 'r.released_at', 'r.replaced_at');
  if (!row) return undefined;
  const from = Number(row.released_at);
  const [request, unapproved, arrivals, failures, watches] = await Promise.all([
    knex('release_requests')
      .where({ ...place, revision, kind: 'release' })
      .first('state', 'code'),
    knex('unapproved_releases')
      .where({ ...place, revision })
      .first('position'),
    readArrivals(knex, place, [revision]),
    readFailures(knex, place, [revision]),
    readWatches(knex, environment, from),
  ]);
  // One that was replaced, or that no cluster tells of, was not seen to run.
  const wasSeen = request?.state !== 'succeeded' || request.code === 'running';
  const end = request && wasSeen && ENDS[request.state as RequestRow['state']];
  const healthyForSeconds = decideHealthySeconds(
    {
      from,
      to: Number(row.replaced_at ?? now),
      arrivedAt: arrivals.get(revision),
      failures: failures.get(revision) ?? [],
      watches,
    },
    now,
  );
  return {
    from,
    ...(row.replaced_at !== null && { to: Number(row.replaced_at) }),
    sameArtifact: row.artifact_id === release.artifact.id,
    unapproved: unapproved !== undefined,
    ...(end && { request: end }),
    ...(healthyForSeconds !== undefined && {
      healthyMs: healthyForSeconds * 1000,
    }),
  };
}
