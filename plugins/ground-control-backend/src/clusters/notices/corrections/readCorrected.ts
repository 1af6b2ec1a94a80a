import { Knex } from 'knex';
import { Corrected } from './types';

/** Reads where drift of current releases was corrected. */
export async function readCorrected(
  knex: Knex,
  repository: string,
): Promise<Corrected[]> {
  const rows = await knex('cluster_services as s')
    .join('service_environments as e', {
      'e.repository': 's.repository',
      'e.environment': 's.environment',
      'e.namespace': 's.namespace',
      'e.service': 's.service',
    })
    .leftJoin('services as o', {
      'o.repository': 's.repository',
      'o.namespace': 's.namespace',
      'o.service': 's.service',
    })
    .where('s.repository', repository)
    .where('e.removed', false)
    .whereNotNull('s.drift_corrected_at')
    .orderBy('s.cluster')
    .select(
      's.environment',
      's.namespace',
      's.service',
      's.cluster',
      's.drift_corrected_at',
      'o.squad_ref',
    );
  const found = new Map<string, Corrected>();
  for (const row of rows) {
    const { environment, namespace, service } = row;
    const key = `${environment}/${namespace}/${service}`;
    const one: Corrected = found.get(key) ?? {
      environment,
      namespace,
      service,
      times: {},
      ...(row.squad_ref !== null && { squadRef: row.squad_ref }),
    };
    one.times[row.cluster] = Number(row.drift_corrected_at);
    found.set(key, one);
  }
  return [...found.values()];
}
