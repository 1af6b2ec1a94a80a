import { AccessStanding } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { readAskedAccess } from '../store/readAskedAccess';
import { AccessRow } from '../types';
import { KindOfDetail } from './types';

/**
 * Reads what is told of access that is asked for: it has no artifact, and what
 * it changes is a difference of the gateway's file.
 *
 * @param options - `standing`: of an open request, as its reader may see it
 */
export async function readAccessDetail(
  knex: Knex,
  { row, standing }: { row: AccessRow; standing?: AccessStanding },
): Promise<KindOfDetail> {
  const access = (await readAskedAccess(knex, [row.number])).get(row.number);
  const { cluster, from } = access?.wish ?? { from: [] };
  const own = cluster === undefined ? [] : [cluster];
  return {
    parts: { changeCount: null, ...(access && { access }) },
    detail: {
      ...(standing && { access: standing }),
      changes: { kind: 'unknown', items: [] },
      others: [],
      otherRequests: [],
      targetClusters: from.length > 0 ? from : own,
    },
  };
}
