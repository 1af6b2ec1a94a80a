import { Knex } from 'knex';
import { KnownParty } from './types';

/** More names than that, and it is less work to read all services. */
const MOST_NAMES = 1_000;

/** Reads the services of some names, whoever may see them. */
export async function readParties(
  knex: Knex,
  repository: string,
  names: string[],
): Promise<KnownParty[]> {
  const query = knex('services')
    .where({ repository })
    .select('namespace', 'service', 'squad_ref', 'entity_ref');
  if (names.length <= MOST_NAMES) query.whereIn('service', names);
  return (await query).map(row => ({
    namespace: row.namespace,
    name: row.service,
    squadRef: row.squad_ref,
    entityRef: row.entity_ref,
  }));
}
