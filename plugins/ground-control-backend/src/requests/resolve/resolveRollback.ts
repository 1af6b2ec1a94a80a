import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import {
  buildArtifact,
  queryReleases,
  ReleaseRow,
} from '../../releases/buildRelease';
import { refuse } from './refuse';
import {
  CurrentRelease,
  Refusal,
  ResolvedRelease,
  ResolveOptions,
  Wish,
} from './types';

type Rollback = Pick<
  ResolvedRelease,
  'artifact' | 'digest' | 'leftArtifactId' | 'rollback'
>;

/** Finds the earlier release that a rollback means: its tree is what is written. */
export async function resolveRollback(
  options: ResolveOptions,
  wish: Extract<Wish, { intent: 'rollback' }>,
  current: CurrentRelease | undefined,
): Promise<Rollback | { refusal: Refusal }> {
  const { service, environment, position, revision } = wish;
  const row: ReleaseRow | undefined = await queryReleases(options.knex)
    .where({
      'releases.repository': options.repository,
      'releases.namespace': service.namespace,
      'releases.service': service.name,
      'releases.environment': environment,
      'releases.position': position,
    })
    .first();
  const artifact = row && buildArtifact(row);
  const name = formatServiceRef(service);
  const isOther = revision !== undefined && row?.revision !== revision;
  if (
    !row ||
    isOther ||
    row.tree === null ||
    row.revision === null ||
    !artifact
  ) {
    return {
      refusal: refuse(
        'missing',
        `${name} has no release at position ${position} in ${environment} that can be gone back to; the history may have been rewritten since`,
      ),
    };
  }
  if (!current) {
    return {
      refusal: refuse(
        'missing',
        `${name} has no release in ${environment} now that could be left; release an artifact instead`,
      ),
    };
  }
  if (row.position === current.position || row.tree === current.tree) {
    return {
      refusal: refuse(
        'already-there',
        `This is what is released in ${environment} now. Choose an earlier release.`,
      ),
    };
  }
  return {
    artifact,
    digest: row.tree,
    rollback: { revision: row.revision, position: row.position },
    ...(current.artifactId && { leftArtifactId: current.artifactId }),
  };
}
