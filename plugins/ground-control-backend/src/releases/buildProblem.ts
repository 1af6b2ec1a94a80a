import { Problem } from '@ground-control/backstage-plugin-ground-control-common';
import { formatTime } from './formatTime';
import { ProblemRow } from './types';

/** The columns of {@link ProblemRow}. */
export const PROBLEM_COLUMNS = [
  'problems.code',
  'problems.message',
  'problems.path',
  'problems.environment',
  'problems.namespace',
  'problems.service',
  'problems.position',
  'problems.since',
];

/** A problem as readers see it. */
export function buildProblem(row: ProblemRow): Problem {
  const problem: Problem = {
    code: row.code,
    message: row.message,
    since: formatTime(row.since),
  };
  if (row.path !== null) problem.path = row.path;
  if (row.service !== null) {
    problem.service = { namespace: row.namespace ?? '', name: row.service };
  }
  if (row.environment) problem.environment = row.environment;
  if (row.position !== null) problem.position = row.position;
  return problem;
}
