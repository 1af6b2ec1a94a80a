import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { LatencyProblem } from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../../lib/cleanText';

/** All problems of latency sources begin with this. */
const CODE = 'latency-';
const LONGEST = 500;
const MOST = 50;

function keyOf({ code, message }: LatencyProblem): string {
  return createHash('sha256').update(`${code}\0${message}`).digest('hex');
}

/**
 * Makes the open problems of latency sources those that are given; what goes on
 * keeps its beginning.
 *
 * @returns whether that is news
 */
export async function writeProblems(
  tx: Knex,
  repository: string,
  problems: readonly LatencyProblem[],
  now: number,
): Promise<boolean> {
  const wanted = new Map(
    problems.slice(0, MOST).map(problem => {
      const said = {
        code: `${CODE}${problem.code.replace(/^latency-/, '')}`.slice(0, 100),
        message: cleanText(problem.message, LONGEST),
      };
      return [keyOf(said), said];
    }),
  );
  const open = tx('problems')
    .where({ repository })
    .andWhere('code', 'like', `${CODE}%`);
  const before: Array<{ problem_key: string }> = await open
    .clone()
    .select('problem_key');
  const known = new Set(before.map(row => row.problem_key));
  const gone = [...known].filter(key => !wanted.has(key));
  if (gone.length > 0) {
    await open.clone().whereIn('problem_key', gone).delete();
  }
  const news = [...wanted].filter(([key]) => !known.has(key));
  if (news.length > 0) {
    await tx('problems')
      .insert(
        news.map(([problem_key, problem]) => ({
          repository,
          problem_key,
          ...problem,
          since: now,
        })),
      )
      .onConflict(['repository', 'problem_key'])
      .ignore();
  }
  return gone.length + news.length > 0;
}
