import {
  Artifact,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { buildArtifact } from '../../releases/buildRelease';

/** Reads an artifact as ingest described it; its id alone where it doesn't know it. */
export async function readBuiltArtifact(
  knex: Knex,
  key: { repository: string; service: ServiceRef },
  artifactId: string,
): Promise<Artifact> {
  const row = await knex('artifacts')
    .where({
      repository: key.repository,
      namespace: key.service.namespace,
      service: key.service.name,
      artifact_id: artifactId,
    })
    .first('description');
  return buildArtifact({
    namespace: key.service.namespace,
    service: key.service.name,
    artifact_id: artifactId,
    description: row?.description ?? null,
  })!;
}
