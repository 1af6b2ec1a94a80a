import { Knex } from 'knex';
import { ensureRepositoryRow } from './store/repositoryRow';

/** Leaves word, for whoever opens a page, that there is nothing to read. */
export async function noteUnconfigured(
  knex: Knex,
  repository: string,
): Promise<void> {
  await ensureRepositoryRow(knex, {
    repository,
    url_hash: '',
    branch: '',
    format: 0,
  });
  await knex('repositories').where({ repository }).update({
    state: 'failing',
    reason:
      'No config repository is configured. Set groundControl.configRepository.url in the app-config.',
  });
}
