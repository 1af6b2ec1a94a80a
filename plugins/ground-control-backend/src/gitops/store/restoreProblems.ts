import { Knex } from 'knex';
import { writeRows } from '../../database/writeRows';
import { ProblemChangeRow, ProblemRow } from '../types';
import { problemShape } from './shapes';

/**
 * Makes the problems what they were at an earlier position: what a commit above
 * it found is gone, what one mended or said anew is as it was.
 */
export async function restoreProblems(
  tx: Knex,
  repository: string,
  position: number,
): Promise<void> {
  const changes = tx('problem_changes')
    .where({ repository })
    .andWhere('position', '>', position);
  const rows: ProblemChangeRow[] = await changes
    .clone()
    .orderBy('position')
    .select('problem_key', 'earlier');
  // Of a problem's changes the first knows how it was before all of them.
  const earlier = new Map<string, string | null>();
  for (const row of rows) {
    if (!earlier.has(row.problem_key)) {
      earlier.set(row.problem_key, row.earlier);
    }
  }
  await tx('problems')
    .where({ repository })
    .andWhere('position', '>', position)
    .delete();
  const restored: ProblemRow[] = [...earlier.values()]
    .filter(text => text !== null)
    .map(text => JSON.parse(text));
  await writeRows(tx, problemShape, restored);
  await changes.delete();
}
