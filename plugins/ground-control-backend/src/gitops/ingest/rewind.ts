import { Knex } from 'knex';
import {
  Layout,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { takeTurn } from '../../lib/takeTurn';
import { Dropped, dropAbove } from '../store/dropAbove';
import { reopenProblems } from './reopenProblems';
import type { Transact } from './RepositoryIngest';

/** Commits that are dropped in one transaction. */
const STEP = 200;

export interface RewindOptions {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  layout: Layout;
  /** Where the tables end now. */
  position: number;
  /** Where the rewritten branch ends. */
  tip: string;
  signal: AbortSignal;
  transact: Transact;
  onWritten: (services: ServiceRef[] | 'all') => Promise<void>;
}

/**
 * Takes the tables back to the last commit that the rewritten branch still
 * has. Goes down in steps, each of which leaves the tables as they were at an
 * earlier position, so that it may be interrupted anywhere.
 */
export async function rewind(
  options: RewindOptions,
): Promise<{ revision?: string; position: number }> {
  const { knex, repository, mirror, tip, signal } = options;
  const common = await findCommon(knex, repository, mirror, tip, signal);
  const dropped = await dropDownTo(options, common.position, Date.now());
  const { revision, position } = common;
  if (revision !== undefined) {
    await reopenProblems({
      ...options,
      ...dropped,
      common: { revision, position },
    });
  }
  return common;
}

/** Drops everything above a position, in steps. */
export async function dropDownTo(
  options: Pick<
    RewindOptions,
    'repository' | 'position' | 'signal' | 'transact' | 'onWritten'
  >,
  target: number,
  rewrittenAt: number | undefined,
): Promise<Dropped> {
  const { repository, signal, transact, onWritten } = options;
  const dropped: Dropped = { places: [], policies: [] };
  let { position } = options;
  while (position > target) {
    signal.throwIfAborted();
    const next = Math.max(target, position - STEP);
    const { places, policies } = await transact(async tx => {
      // Until the tip is reached again, nothing is decided on these tables.
      await tx('repositories')
        .where({ repository })
        .whereNull('anew_since')
        .update({ anew_since: Date.now() });
      if (rewrittenAt !== undefined) {
        await tx('repositories')
          .where({ repository })
          .update({ rewritten_at: rewrittenAt });
        // A rewritten past may hold releases that weren't there to be watched.
        await watchFrom(tx, repository, next);
      }
      return dropAbove(tx, repository, next);
    });
    await onWritten(
      places.map(({ namespace, service }) => ({ namespace, name: service })),
    );
    dropped.places.push(...places);
    dropped.policies.push(...policies);
    position = next;
    await takeTurn();
  }
  return dropped;
}

async function watchFrom(tx: Knex, repository: string, position: number) {
  const commit = await tx('commits')
    .where({ repository, position })
    .first('revision');
  await tx('release_watch')
    .where({ repository })
    .andWhere('since_position', '>', position)
    .update({
      since_position: position,
      since_revision: commit?.revision ?? null,
    });
}

/**
 * The newest commit of the new first-parent line that the tables have. All
 * below it is the same in both, because a commit names its parent.
 */
async function findCommon(
  knex: Knex,
  repository: string,
  mirror: Mirror,
  tip: string,
  signal: AbortSignal,
): Promise<{ revision?: string; position: number }> {
  for await (const group of mirror.revisions({ to: tip, signal })) {
    for (let at = 0; at < group.length; at += 500) {
      const [found] = await knex('commits')
        .where({ repository })
        .whereIn('revision', group.slice(at, at + 500))
        .orderBy('position', 'desc')
        .limit(1)
        .select('revision', 'position');
      if (found) return found;
    }
  }
  return { position: 0 };
}
