import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../../releases';

/** Reads which artifact each environment runs. */
export async function readRunning(
  { knex, repository }: ReadContext,
  service: ServiceRef,
): Promise<Map<string, string>> {
  const rows = await knex('service_environments')
    .where({
      repository,
      namespace: service.namespace,
      service: service.name,
      removed: false,
    })
    .whereNotNull('artifact_id')
    .select('environment', 'artifact_id');
  return new Map(rows.map(row => [row.environment, row.artifact_id]));
}
