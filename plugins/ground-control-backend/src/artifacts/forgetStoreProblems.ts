import { Knex } from 'knex';

/** All that a look into an artifact store can find fault with. */
const CODES = [
  'artifact-store-unreadable',
  'stored-artifact-invalid',
  'stored-artifact-too-large',
];

/**
 * Ends the problems of an artifact store that is no longer configured: nobody
 * looks into it any more, so nobody would find that they are mended.
 */
export async function forgetStoreProblems(
  knex: Knex,
  repository: string,
): Promise<void> {
  await knex('problems').where({ repository }).whereIn('code', CODES).delete();
}
