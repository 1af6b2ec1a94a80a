import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { ArtifactFile } from '@ground-control/backstage-plugin-ground-control-node';
import { sayTime } from '../../lib/sayTime';
import { formatPlaceColumns, readLastEdits } from '../store/readLastEdits';
import { chooseArtifact } from './chooseArtifact';
import { readCurrentRelease } from './readCurrentRelease';
import { readOwner } from './readOwner';
import { readStoredArtifact } from './readStoredArtifact';
import { quote } from '../../lib/cleanText';
import { refuse } from './refuse';
import { resolveRollback } from './resolveRollback';
import {
  CurrentRelease,
  Refusal,
  Resolution,
  ResolvedRelease,
  ResolveOptions,
  Wish,
} from './types';

type Found = Pick<
  ResolvedRelease,
  | 'artifact'
  | 'digest'
  | 'fromEnvironment'
  | 'ofBranch'
  | 'leftArtifactId'
  | 'rollback'
> & { files?: ArtifactFile[] };

async function resolveArtifact(
  options: ResolveOptions,
  wish: Exclude<Wish, { intent: 'rollback' }>,
  current: CurrentRelease | undefined,
  signal?: AbortSignal,
): Promise<Found | { refusal: Refusal }> {
  const choice = await chooseArtifact(options, wish);
  if ('refusal' in choice) return choice;
  const { artifactId, ...from } = choice;
  if (current?.artifactId === artifactId) {
    return {
      refusal: refuse(
        'already-there',
        `Already in ${wish.environment} since ${sayTime(
          current.releasedAt,
        )}. Nothing to release.`,
      ),
    };
  }
  const stored = await readStoredArtifact(
    options,
    { ...wish, artifactId },
    signal,
  );
  return 'refusal' in stored ? stored : { ...stored, ...from };
}

/**
 * Finds what exactly a wish would release, and whose decision that is. Who may
 * see the service was asked before.
 *
 * @returns a refusal in words for whatever people can meet; other faults are
 * thrown
 */
export async function resolveWish(
  options: ResolveOptions,
  wish: Wish,
  signal?: AbortSignal,
): Promise<Resolution> {
  const { knex, repository, environments } = options;
  const { service, environment, intent } = wish;
  const refused = (refusal: Refusal): Resolution => ({
    kind: 'refused',
    refusal,
  });
  if (!options.canWrite) {
    return refused(
      refuse(
        'not-configured',
        'Ground Control may not write the config repository; set groundControl.configRepository.writing',
      ),
    );
  }
  if (!environments.includes(environment)) {
    return refused(
      refuse(
        'missing',
        `There is no environment ${quote(
          environment,
        )}; there are ${environments.join(', ')}`,
      ),
    );
  }
  const current = await readCurrentRelease(knex, {
    repository,
    service,
    environment,
  });
  const edits = await readLastEdits(knex, repository, [service.name]);
  const editRevision = edits.get(
    formatPlaceColumns({ ...service, service: service.name, environment }),
  );
  const found: Found | { refusal: Refusal } =
    wish.intent === 'rollback'
      ? await resolveRollback(options, wish, current)
      : await resolveArtifact(options, wish, current, signal);
  if ('refusal' in found) return refused(found.refusal);
  const owner = await readOwner(knex, {
    repository,
    service,
    running: current?.artifact,
    requested: found.artifact,
  });
  if (!owner) {
    return refused(
      refuse(
        'missing',
        `There is no service ${quote(formatServiceRef(service))}`,
      ),
    );
  }
  const { files, ...what } = found;
  return {
    kind: 'release',
    release: {
      service,
      environment,
      intent,
      current,
      editRevision,
      ...owner,
      ...what,
    },
    ...(files && { files }),
  };
}
