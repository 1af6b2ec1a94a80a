import { Knex } from 'knex';

/** What people are told while it lasts. */
export const READ_ANEW =
  'The config repository is being read anew, so what is released isn’t known for now; try again in a minute.';

/**
 * Which reading of the branch the tables hold. While the branch is read anew,
 * because of another URL, another way of reading or a rewritten history, they
 * go back and forward again: a release seems to have changed that didn't, and
 * whoever decided on that would outdate what is right.
 *
 * Facts count when the same reading is there before and after they were
 * gathered.
 *
 * @returns undefined while it is read anew
 */
export async function readBranchState(
  knex: Knex,
  repository: string,
): Promise<string | undefined> {
  const row = await knex('repositories')
    .where({ repository })
    .first('url_hash', 'format', 'rewritten_at', 'anew_since');
  if (!row || row.anew_since !== null) return undefined;
  return `${row.url_hash} ${row.format} ${row.rewritten_at ?? ''}`;
}
