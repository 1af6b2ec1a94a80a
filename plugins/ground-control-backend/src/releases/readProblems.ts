import {
  ProblemList,
  ProblemQuery,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { buildProblem, PROBLEM_COLUMNS } from './buildProblem';
import { formatProblemCursor, ProblemCursor } from './problemCursor';
import { applySelection } from './queryServices';
import { ReadContext } from './types';

/** Which problems a page of them shows. */
export interface ProblemFilter {
  of?: ProblemQuery['of'];
  before?: ProblemCursor;
  limit: number;
}

function queryProblems(
  context: ReadContext,
  of: ProblemQuery['of'],
  mayReadRepository: boolean,
): Knex.QueryBuilder {
  return context
    .knex('problems')
    .leftJoin('services', join =>
      join
        .on('services.repository', 'problems.repository')
        .andOn('services.namespace', 'problems.namespace')
        .andOn('services.service', 'problems.service'),
    )
    .where('problems.repository', context.repository)
    .where(visible => {
      // Neither is none.
      visible.whereRaw('1 = 0');
      if (of !== 'repository') {
        visible.orWhere(known => {
          known.whereNotNull('services.service');
          applySelection(known, context, {});
        });
      }
      if (of !== 'services' && mayReadRepository) {
        visible.orWhereNull('services.service');
      }
    });
}

/**
 * Reads a page of the open problems that the reader may see, newest first.
 * Problems of no service, and those of a name that isn't a service's, belong
 * to the repository.
 */
export async function readProblems(
  context: ReadContext,
  options: { filter: ProblemFilter; mayReadRepository: boolean; now: Date },
): Promise<ProblemList> {
  const { of, before, limit } = options.filter;
  const query = queryProblems(context, of, options.mayReadRepository);
  const page = query
    .clone()
    .orderBy([
      { column: 'problems.since', order: 'desc' },
      { column: 'problems.problem_key' },
    ])
    .limit(limit + 1)
    .select(...PROBLEM_COLUMNS, 'problems.problem_key');
  if (before) {
    page.where(older =>
      older
        .where('problems.since', '<', before.since)
        .orWhere(same =>
          same
            .where('problems.since', before.since)
            .where('problems.problem_key', '>', before.key),
        ),
    );
  }
  const [rows, [{ total }]] = await Promise.all([
    page,
    query.count<Array<{ total: number | string }>>({ total: '*' }),
  ]);
  const shown = rows.slice(0, limit);
  const list: ProblemList = {
    asOf: options.now.toISOString(),
    items: shown.map(buildProblem),
    total: Number(total),
  };
  const last = shown[shown.length - 1];
  if (rows.length > limit && last) {
    const { since, problem_key: key } = last;
    list.next = formatProblemCursor({ since: Number(since), key });
  }
  return list;
}
