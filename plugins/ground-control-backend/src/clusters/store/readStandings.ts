import { Knex } from 'knex';
import { Standing } from '../decide/types';
import { serviceKey } from '../serviceKey';
import { readStandingRow } from './standingRow';
import { ClusterScope } from './types';

/** How the services of a cluster were judged last. */
export async function readStandings(
  knex: Knex,
  scope: ClusterScope,
): Promise<Map<string, Standing>> {
  const rows = await knex('cluster_services').where(scope).select('*');
  return new Map(
    rows.map(row => [
      serviceKey(row.namespace, row.service),
      readStandingRow(row),
    ]),
  );
}
