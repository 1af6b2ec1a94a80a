import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { parseServiceKey, serviceKey } from '../serviceKey';
import { ClusterScope } from '../store/types';

/** How often a service's pods restarted, and under which release. */
export interface Restarts {
  position: number;
  restarts: number;
}

interface RestartRow extends ClusterScope {
  namespace: string;
  service: string;
  release_position: number;
  restarts: number;
}

const KEY: Array<keyof RestartRow> = [
  'repository',
  'cluster',
  'environment',
  'namespace',
  'service',
];
const COUNTED: Array<keyof RestartRow> = ['release_position', 'restarts'];
const shape: TableShape<RestartRow> = {
  table: 'service_restarts',
  columns: [...KEY, ...COUNTED],
  key: KEY,
  merge: COUNTED,
};

export async function readRestarts(
  knex: Knex,
  scope: ClusterScope,
): Promise<Map<string, Restarts>> {
  const rows: RestartRow[] = await knex('service_restarts').where({ ...scope });
  return new Map(
    rows.map(({ namespace, service, release_position: position, restarts }) => [
      serviceKey(namespace, service),
      { position, restarts },
    ]),
  );
}

/** @param changes - undefined for those that aren't counted any more */
export async function writeRestarts(
  tx: Knex,
  scope: ClusterScope,
  changes: ReadonlyMap<string, Restarts | undefined>,
): Promise<void> {
  const rows: RestartRow[] = [];
  for (const [key, counted] of changes) {
    const { namespace, name: service } = parseServiceKey(key);
    if (counted) {
      const { position, restarts } = counted;
      rows.push({
        ...scope,
        namespace,
        service,
        release_position: position,
        restarts,
      });
    } else {
      await tx('service_restarts')
        .where({ ...scope, namespace, service })
        .delete();
    }
  }
  await writeRows(tx, shape, rows);
}
