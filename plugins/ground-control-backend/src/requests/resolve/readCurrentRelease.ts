import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import {
  buildArtifact,
  queryReleases,
  ReleaseRow,
} from '../../releases/buildRelease';
import { CurrentRelease } from './types';

/** Names a service's place in a config repository. */
export interface PlaceKey {
  repository: string;
  service: ServiceRef;
  environment: string;
}

/** Reads the release that is current; undefined where there is none, or it was removed. */
export async function readCurrentRelease(
  knex: Knex,
  { repository, service, environment }: PlaceKey,
): Promise<CurrentRelease | undefined> {
  const row: ReleaseRow | undefined = await queryReleases(knex)
    .where({
      'releases.repository': repository,
      'releases.namespace': service.namespace,
      'releases.service': service.name,
      'releases.environment': environment,
    })
    .orderBy('releases.position', 'desc')
    .first();
  if (!row || row.intent === 'removed' || row.revision === null) {
    return undefined;
  }
  const artifact = buildArtifact(row);
  return {
    position: row.position,
    revision: row.revision,
    releasedAt: Number(row.released_at),
    ...(row.tree !== null && { tree: row.tree }),
    ...(row.artifact_id !== null && { artifactId: row.artifact_id }),
    ...(artifact && { artifact }),
  };
}
