import { Knex } from 'knex';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { takeTurn } from '../../lib/takeTurn';
import { readRepositoryRow } from '../store/repositoryRow';
import { RepositoryRow } from '../types';
import { dropDownTo } from './rewind';
import type { Transact } from './RepositoryIngest';

/**
 * Empties the tables when they were made from another repository, branch or
 * set of environments, or by another reading. The new identity is written
 * last, so that an interrupted emptying goes on.
 */
export async function startAnew(options: {
  knex: Knex;
  repository: string;
  identity: Pick<RepositoryRow, 'url_hash' | 'format' | 'branch'>;
  transact: Transact;
  signal: AbortSignal;
  onWritten: (services: ServiceRef[] | 'all') => Promise<void>;
}): Promise<void> {
  const { knex, repository, identity, transact } = options;
  const row = await readRepositoryRow(knex, repository);
  if (
    !row ||
    (row.url_hash === identity.url_hash && row.format === identity.format)
  ) {
    return;
  }
  await dropDownTo({ ...options, position: row.position }, 0);
  await transact(tx =>
    tx('repositories')
      .where({ repository })
      .update({
        ...identity,
        state: 'starting',
        reason: null,
        tip: null,
        position: 0,
        tip_committed_at: null,
        remote_tip: null,
        remote_position: null,
        observed_at: null,
        read_at: null,
        rewritten_at: null,
        anew_since: Date.now(),
      }),
  );
  await takeTurn();
}
