import { ProblemList } from '@ground-control/backstage-plugin-ground-control-common';
import { buildProblem, PROBLEM_COLUMNS } from './buildProblem';
import { applySelection } from './queryServices';
import { ReadContext } from './types';

/** More would say nothing new; the newest count. */
const LIMIT = 1000;

/**
 * Reads the open problems that the reader may see, newest first. Problems of
 * no service, and those of a name that can't be a service, belong to the
 * repository.
 */
export async function readProblems(
  context: ReadContext,
  options: { mayReadRepository: boolean; now: Date },
): Promise<ProblemList> {
  const { knex } = context;
  const rows = await knex('problems')
    .leftJoin('services', join =>
      join
        .on('services.repository', 'problems.repository')
        .andOn('services.namespace', 'problems.namespace')
        .andOn('services.service', 'problems.service'),
    )
    .where('problems.repository', context.repository)
    .where(visible => {
      visible.where(known => {
        known.whereNotNull('services.service');
        applySelection(known, context, {});
      });
      if (options.mayReadRepository) {
        visible.orWhereNull('services.service');
      }
    })
    .orderBy([
      { column: 'problems.since', order: 'desc' },
      { column: 'problems.problem_key' },
    ])
    .limit(LIMIT)
    .select(PROBLEM_COLUMNS);
  return { asOf: options.now.toISOString(), items: rows.map(buildProblem) };
}
