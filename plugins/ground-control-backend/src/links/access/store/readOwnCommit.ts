import { Knex } from 'knex';

/**
 * Whether a commit of a request was built, and whether the tables have read it
 * from the branch.
 */
export async function readOwnCommit(
  knex: Knex,
  { number, repository }: { number: number; repository: string },
): Promise<'none' | 'built' | 'arrived'> {
  const commits: Array<{ position: number | null }> = await knex(
    'release_request_commits as b',
  )
    .leftJoin('commits as c', {
      'c.repository': 'b.repository',
      'c.revision': 'b.revision',
    })
    .where({ 'b.repository': repository, 'b.number': number })
    .select('c.position');
  if (commits.some(({ position }) => position !== null)) return 'arrived';
  return commits.length > 0 ? 'built' : 'none';
}
