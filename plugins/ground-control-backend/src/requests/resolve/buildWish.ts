import { ReleaseWish } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ConflictError } from '@backstage/errors';
import { ReleaseRow } from '../types';

/**
 * The wish that a request was made of, to be asked for again. It names the
 * artifact that was asked for: who asks again is shown no preview, so what the
 * branch or the environment before has by now must not take its place unseen.
 */
export async function buildWish(
  knex: Knex,
  row: ReleaseRow,
): Promise<ReleaseWish> {
  const place = {
    service: { namespace: row.namespace, name: row.service },
    environment: row.environment,
  };
  const artifactId = row.artifact_id;
  if (row.intent === 'promote') {
    return { ...place, intent: 'promote', artifactId };
  }
  if (row.intent === 'release-branch' && row.of_branch !== null) {
    const branch = row.of_branch;
    return { ...place, intent: 'release-branch', branch, artifactId };
  }
  if (row.intent !== 'rollback') {
    // A person who asks for an auto-release again asks for its artifact.
    return { ...place, intent: 'release-artifact', artifactId };
  }
  const commit = await knex('commits')
    .where({ repository: row.repository, revision: row.rollback_revision })
    .first('position');
  if (!commit) {
    throw new ConflictError(
      'The release that was to be gone back to is no longer in the history of the config repository. Choose another.',
    );
  }
  return {
    ...place,
    intent: 'rollback',
    position: commit.position,
    ...(row.rollback_revision !== null && { revision: row.rollback_revision }),
  };
}
