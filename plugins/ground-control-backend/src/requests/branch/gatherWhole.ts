import { Knex } from 'knex';
import { readBranchState } from './readBranchState';

/**
 * Gathers facts from the tables that ingest writes.
 *
 * @returns undefined where the branch is, or was meanwhile, read anew: the
 * facts are none then
 */
export async function gatherWhole<T>(
  knex: Knex,
  repository: string,
  gather: () => Promise<T>,
): Promise<{ facts: T } | undefined> {
  const before = await readBranchState(knex, repository);
  if (before === undefined) return undefined;
  const facts = await gather();
  const after = await readBranchState(knex, repository);
  return after === before ? { facts } : undefined;
}
