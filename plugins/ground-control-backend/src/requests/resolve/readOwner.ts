import {
  Artifact,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { createSquadFinder } from '../../catalog/deriveServices';
import { Owner } from './types';

/**
 * Reads whose a service is. Squads edit catalog files, so an artifact is asked
 * too: the one that runs in the environment, because nobody can change that
 * after the fact, or the one that is to be the first there.
 *
 * @returns undefined where there is no such service
 */
export async function readOwner(
  knex: Knex,
  options: {
    repository: string;
    service: ServiceRef;
    running?: Artifact;
    requested?: Artifact;
  },
): Promise<Owner | undefined> {
  const { repository, service, running, requested } = options;
  const row = await knex('services')
    .where({
      repository,
      namespace: service.namespace,
      service: service.name,
    })
    .first('squad_ref');
  if (!row) return undefined;
  const squadRef: string | undefined = row.squad_ref ?? undefined;
  const artifactSquad = (running ?? requested)?.squad;
  if (!artifactSquad) return { squadRef };
  const squads: string[] = await knex('squads').pluck('squad_ref');
  const artifactSquadRef = createSquadFinder(squads)(artifactSquad);
  return artifactSquadRef && artifactSquadRef !== squadRef
    ? { squadRef, artifactSquadRef }
    : { squadRef };
}
