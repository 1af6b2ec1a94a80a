import { NotFoundError } from '@backstage/errors';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { isServiceAllowed } from '../../permissions';
import { ReadContext } from '../../releases';
import { quote } from '../../lib/cleanText';
import { createPartyFinder } from '../calls/findParty';

/** A service that is called, and whose it is. */
export interface CalledService extends ServiceRef {
  squadRef?: string;
  artifactSquadRef?: string;
}

/**
 * Finds the service that runs under a name in a namespace of a cluster.
 *
 * @returns undefined where there is none that we know
 * @throws NotFoundError for who doesn't see all services, in the same words
 * where there is none and where they may not see it
 */
export async function readCalled(
  context: ReadContext,
  options: { name: string; namespace: string; cluster: string },
): Promise<CalledService | undefined> {
  const { knex, repository, services: access } = context;
  const { cluster, name, namespace } = options;
  const [rows, clusters] = await Promise.all([
    knex('services')
      .where({ repository, service: name })
      .select('namespace', 'service', 'squad_ref', 'artifact_squad_ref'),
    knex('clusters')
      .whereNotNull('environment')
      .select('cluster', 'environment'),
  ]);
  const parties = rows.map(
    (row): CalledService => ({
      namespace: row.namespace,
      name: row.service,
      squadRef: row.squad_ref ?? undefined,
      artifactSquadRef: row.artifact_squad_ref ?? undefined,
    }),
  );
  const environments = new Map<string, string>(
    clusters.map(row => [row.cluster, row.environment]),
  );
  const find = createPartyFinder(parties, environments);
  const found = find(namespace, name, cluster);
  const isSeen =
    access.kind === 'all' ||
    (found !== undefined &&
      (await isServiceAllowed(knex, { repository, service: found, access })));
  if (!isSeen) {
    throw new NotFoundError(
      `There is no service ${quote(name)} in the namespace ${quote(
        namespace,
      )} of ${quote(cluster)}, or you may not see it`,
    );
  }
  return found;
}
