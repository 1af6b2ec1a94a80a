import { Knex } from 'knex';
import { isSqlite } from '../../lib/isSqlite';

/**
 * Lets one transaction write a repository's tables at a time. Reading the
 * config repository and reading the artifact store are separate work, maybe on
 * separate replicas, and touch the same rows in different orders; without this
 * they would stop each other dead. SQLite has one writer anyway.
 */
export async function lockRepository(
  tx: Knex.Transaction,
  repository: string,
): Promise<void> {
  if (isSqlite(tx)) return;
  await tx('repositories').where({ repository }).forUpdate().first('position');
}
