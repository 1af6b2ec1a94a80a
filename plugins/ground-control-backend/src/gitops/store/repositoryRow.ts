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
      rewritten_at: number(row.rewritten_at),
      fetch_wanted_at: number(row.fetch_wanted_at),
    }
  );
}

/** Makes the repository's row where there is none. */
export async function ensureRepositoryRow(
  knex: Knex,
  row: Pick<RepositoryRow, 'repository' | 'url_hash' | 'branch' | 'format'>,
): Promise<void> {
  await knex('repositories').insert(row).onConflict('repository').ignore();
}
