import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { DeclaredCall } from './types';

interface Row {
  caller_namespace: string;
  caller: string;
  callee_namespace: string;
  callee: string;
}

const COLUMNS = [
  'a.namespace as caller_namespace',
  'a.service as caller',
  'b.namespace as callee_namespace',
  'b.service as callee',
];

/**
 * Reads who may call what, as the catalog relates them: by `dependsOn`, or by an
 * API that one consumes and the other provides.
 *
 * @param options - `callees`: names of what is called; `squads`: entity refs of
 * those who call; `caller`: the one that calls; all when absent
 */
export async function readDeclared(
  knex: Knex,
  options: {
    repository: string;
    callees?: string[];
    squads?: string[];
    caller?: ServiceRef;
  },
): Promise<DeclaredCall[]> {
  const { repository, callees, caller, squads } = options;
  const called = () => knex('services as b').where('b.repository', repository);
  const direct = called()
    .join('catalog_relations as r', join =>
      join
        .on('r.target_ref', 'b.entity_ref')
        .andOnVal('r.relation', 'dependsOn'),
    )
    .join('services as a', join =>
      join
        .on('a.entity_ref', 'r.entity_ref')
        .andOnVal('a.repository', repository),
    )
    .select(COLUMNS);
  const byApi = called()
    .join('catalog_relations as p', join =>
      join
        .on('p.entity_ref', 'b.entity_ref')
        .andOnVal('p.relation', 'providesApi'),
    )
    .join('catalog_relations as r', join =>
      join
        .on('r.target_ref', 'p.target_ref')
        .andOnVal('r.relation', 'consumesApi'),
    )
    .join('services as a', join =>
      join
        .on('a.entity_ref', 'r.entity_ref')
        .andOnVal('a.repository', repository),
    )
    .select(COLUMNS);
  for (const query of [direct, byApi]) {
    if (callees) query.whereIn('b.service', callees);
    if (squads) query.whereIn('a.squad_ref', squads);
    if (caller) {
      query.where({
        'a.namespace': caller.namespace,
        'a.service': caller.name,
      });
    }
  }
  const rows: Row[] = (await Promise.all([direct, byApi])).flat();
  return rows.map(row => ({
    caller: { namespace: row.caller_namespace, name: row.caller },
    callee: { namespace: row.callee_namespace, name: row.callee },
  }));
}
