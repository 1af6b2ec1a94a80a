import { Knex } from 'knex';

const CHUNK = 500;

/** Positions of commits; those that weren't read are left out. */
export async function readPositions(
  knex: Knex,
  repository: string,
  commits: string[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let at = 0; at < commits.length; at += CHUNK) {
    const rows = await knex('commits')
      .where({ repository })
      .whereIn('revision', commits.slice(at, at + CHUNK))
      .select('revision', 'position');
    for (const row of rows) found.set(row.revision, row.position);
  }
  return found;
}
