import { Knex } from 'knex';
import { serviceKey } from '../serviceKey';

/** More wait for a decision only where nobody decides any more. */
const MOST_SERVICES = 100;

/** The services whose release to one of some environments waits for a decision. */
export async function readAskedServices(
  knex: Knex,
  repository: string,
  environments: readonly string[],
): Promise<string[]> {
  const rows: Array<{ namespace: string; service: string }> = await knex(
    'release_requests',
  )
    .where({ repository, state: 'pending', kind: 'release' })
    .whereIn('environment', environments)
    .groupBy('namespace', 'service')
    .orderByRaw('max(number) desc')
    .limit(MOST_SERVICES)
    .select('namespace', 'service');
  return rows.map(({ namespace, service }) => serviceKey(namespace, service));
}
