import {
  Problem,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildProblem, PROBLEM_COLUMNS } from './buildProblem';
import { ReadContext } from './types';

/** Reads the open problems of one service; who may see it was decided before. */
export async function readServiceProblems(
  context: ReadContext,
  service: ServiceRef,
): Promise<Problem[]> {
  const rows = await context
    .knex('problems')
    .where({
      repository: context.repository,
      namespace: service.namespace,
      service: service.name,
    })
    .orderBy([{ column: 'since', order: 'desc' }, { column: 'problem_key' }])
    .select(PROBLEM_COLUMNS);
  return rows.map(buildProblem);
}
