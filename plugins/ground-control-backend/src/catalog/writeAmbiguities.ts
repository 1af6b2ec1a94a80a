import { createHash } from 'crypto';
import { Knex } from 'knex';
import { Ambiguity } from './types';

export const AMBIGUOUS = 'catalog-ambiguous';

function hashProblem(ambiguity: Ambiguity): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        AMBIGUOUS,
        ambiguity.namespace,
        ambiguity.name,
        ambiguity.message,
      ]),
    )
    .digest('hex');
}

/**
 * Writes the ambiguities of the given names as problems, and deletes those
 * that were mended. One that stays keeps its `since`.
 *
 * @param names - the names that were derived; all when absent
 * @returns whether anything changed
 */
export async function writeAmbiguities(
  knex: Knex,
  repository: string,
  ambiguities: Ambiguity[],
  since: number,
  names?: string[],
): Promise<boolean> {
  const query = knex('problems').where({ repository, code: AMBIGUOUS });
  if (names) query.whereIn('service', names);
  const existing = new Set<string>(
    (await query.select('problem_key')).map(row => row.problem_key),
  );
  let changed = false;
  for (const ambiguity of ambiguities) {
    const key = hashProblem(ambiguity);
    if (!existing.delete(key)) {
      changed = true;
      await knex('problems')
        .insert({
          repository,
          problem_key: key,
          code: AMBIGUOUS,
          message: ambiguity.message,
          namespace: ambiguity.namespace,
          service: ambiguity.name,
          since,
        })
        .onConflict(['repository', 'problem_key'])
        .ignore();
    }
  }
  for (const key of existing) {
    changed = true;
    await knex('problems').where({ repository, problem_key: key }).delete();
  }
  return changed;
}
