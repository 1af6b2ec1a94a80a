import { Knex } from 'knex';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { formatProblemRow } from '../../gitops/ingest/problems';

/** All problems of a source history begin with this. */
export const PROBLEM_CODE = 'source-history-';

/** What is wrong, before it is a problem of a service or of all of them. */
export interface HistoryFault {
  /** Behind `source-history-`. */
  kind: string;
  message: string;
}

function formatRow(
  repository: string,
  found: HistoryFault,
  service?: ServiceRef,
) {
  const problem = {
    code: `${PROBLEM_CODE}${found.kind}`,
    message: found.message,
    ...(service && { namespace: service.namespace, service: service.name }),
  };
  const at = { repository, position: 0, committedAt: Date.now() };
  return { ...formatProblemRow(problem, at), position: null };
}

/**
 * Makes the problems of a service those that are given, or of the source
 * history as a whole; what goes on keeps its beginning.
 *
 * @returns whether that is news
 */
export async function setHistoryProblems(
  tx: Knex,
  repository: string,
  service: ServiceRef | undefined,
  faults: HistoryFault[],
): Promise<boolean> {
  const rows = faults.map(fault => formatRow(repository, fault, service));
  const open = tx('problems')
    .where({
      repository,
      namespace: service?.namespace ?? null,
      service: service?.name ?? null,
    })
    .andWhere('code', 'like', `${PROBLEM_CODE}%`);
  const before: Array<{ problem_key: string; message: string }> = await open
    .clone()
    .select('problem_key', 'message');
  const keys = rows.map(row => row.problem_key);
  await open.clone().whereNotIn('problem_key', keys).delete();
  if (rows.length > 0) {
    await tx('problems')
      .insert(rows)
      .onConflict(['repository', 'problem_key'])
      .merge(['message']);
  }
  return (
    before.length !== rows.length ||
    rows.some(
      row =>
        !before.some(
          old =>
            old.problem_key === row.problem_key && old.message === row.message,
        ),
    )
  );
}

/** For a backend that has no source history any more. */
export async function forgetHistoryProblems(
  knex: Knex,
  repository: string,
): Promise<void> {
  await knex('problems')
    .where({ repository })
    .andWhere('code', 'like', `${PROBLEM_CODE}%`)
    .delete();
}
