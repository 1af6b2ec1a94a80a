import {
  Artifact,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';

/**
 * Reads an artifact as ingest described it.
 *
 * @returns undefined where it doesn't know it: an artifact of which nothing is
 * known isn't one without failed tests
 */
export async function readBuiltArtifact(
  knex: Knex,
  key: { repository: string; service: ServiceRef },
  artifactId: string,
): Promise<Artifact | undefined> {
  const row = await knex('artifacts')
    .where({
      repository: key.repository,
      namespace: key.service.namespace,
      service: key.service.name,
      artifact_id: artifactId,
    })
    .first('description');
  return row && (JSON.parse(row.description) as Artifact);
}
