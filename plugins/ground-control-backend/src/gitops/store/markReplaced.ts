import { Knex } from 'knex';
import { chunkRows } from '../../database/writeRows';
import { BatchRows } from '../ingest/types';

/** Notes, on releases of earlier transactions, what replaced them. */
export async function markReplaced(
  tx: Knex,
  repository: string,
  rows: BatchRows['replaced'],
): Promise<void> {
  const one =
    '(cast(? as integer), ?, ?, ?, cast(? as integer), cast(? as bigint))';
  for (const chunk of chunkRows(rows, 6)) {
    await tx.raw(
      `with v (position, environment, namespace, service, replaced_position, replaced_at)
         as (values ${chunk.map(() => one).join(',')})
       update releases set
         replaced_position = v.replaced_position, replaced_at = v.replaced_at
       from v
       where releases.repository = ? and releases.position = v.position
         and releases.environment = v.environment
         and releases.namespace = v.namespace and releases.service = v.service`,
      [
        ...chunk.flatMap(row => [
          row.position,
          row.environment,
          row.namespace,
          row.service,
          row.replaced_position,
          row.replaced_at,
        ]),
        repository,
      ],
    );
  }
}
