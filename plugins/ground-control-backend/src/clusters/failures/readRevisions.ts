import { Knex } from 'knex';

/** Reads the commits of releases, by their positions on the branch. */
export async function readRevisions(
  tx: Knex,
  repository: string,
  positions: Iterable<number>,
): Promise<Map<number, string>> {
  const rows = await tx('commits')
    .where({ repository })
    .whereIn('position', [...new Set(positions)])
    .select('position', 'revision');
  return new Map<number, string>(rows.map(row => [row.position, row.revision]));
}
