import { Knex } from 'knex';
import { RepositoryRow } from '../types';

const number = (value: unknown) => (value === null ? null : Number(value));

/** What the tables say of the repository itself. */
export async function readRepositoryRow(
  knex: Knex,
  repository: string,
): Promise<RepositoryRow | undefined> {
  const row = await knex('repositories').where({ repository }).first('*');
  // bigint columns come as texts from PostgreSQL.
  return (
    row && {
      ...row,
      tip_committed_at: number(row.tip_committed_at),
      observed_at: number(row.observed_at),
      attempted_at: number(row.attempted_at),
      read_at: number(row.read_at),
      rewritten_at: number(row.rewritten_at),
      fetch_wanted_at: number(row.fetch_wanted_at),
      anew_since: number(row.anew_since),
    }
  );
}

/**
 * Makes the repository's row where there is none. What the tables have of
 * another identity will be read anew, and isn't the branch's from now on.
 */
export async function ensureRepositoryRow(
  knex: Knex,
  row: Pick<RepositoryRow, 'repository' | 'url_hash' | 'branch' | 'format'>,
): Promise<void> {
  const anew = { anew_since: Date.now() };
  await knex('repositories')
    .insert({ ...row, ...anew })
    .onConflict('repository')
    .ignore();
  const { repository, url_hash, format } = row;
  await knex('repositories')
    .where({ repository })
    .whereNull('anew_since')
    .where(other =>
      other.whereNot('url_hash', url_hash).orWhereNot('format', format),
    )
    .update(anew);
}
