import { Knex } from 'knex';
import {
  Layout,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { takeTurn } from '../../lib/takeTurn';
import { dropAbove } from '../store/dropAbove';
import { EarlierArtifacts, Place } from '../store/earlier';
import { EarlierOptions, readEarlier } from './readEarlier';
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
  const rewrittenAt = Date.now();
  await dropDownTo(options, common.position, {
    readEarlier: position => readEarlier(options, position),
    alsoInStep: async (tx, position) => {
      await tx('repositories')
        .where({ repository })
        .update({ rewritten_at: rewrittenAt });
      // A rewritten past may hold releases that weren't there to be watched.
      await watchFrom(tx, repository, position);
    },
  });
  return common;
}

type DropOptions = Pick<
  RewindOptions,
  'repository' | 'position' | 'signal' | 'transact' | 'onWritten'
>;

/** Drops everything above a position, in steps. */
export async function dropDownTo(
  options: DropOptions,
  target: number,
  more: {
    readEarlier?: (position: number) => Promise<EarlierArtifacts>;
    alsoInStep?: (tx: Knex, position: number) => Promise<void>;
  } = {},
): Promise<void> {
  const { repository, signal, transact } = options;
  let { position } = options;
  while (position > target) {
    signal.throwIfAborted();
    const next = Math.max(target, position - STEP);
    const earlier = await more.readEarlier?.(next);
    const places = await transact(async tx => {
      // Until the tip is reached again, nothing is decided on these tables.
      await tx('repositories')
        .where({ repository })
        .whereNull('anew_since')
        .update({ anew_since: Date.now() });
      await more.alsoInStep?.(tx, next);
      return dropAbove(tx, repository, next, earlier);
    });
    await tell(options, places);
    position = next;
    await takeTurn();
  }
}

/** Rows that a commit may write before the transaction that names it read. */
const BEFORE_COMMITS = ['releases', 'problem_changes', 'commit_services'];

/**
 * Takes back what was written of a commit that wasn't read to its end, as when
 * a process died: what is read next may be another one.
 */
export async function dropUnfinished(
  options: EarlierOptions & DropOptions,
): Promise<void> {
  const { knex, repository, position, transact } = options;
  const found = await Promise.all(
    BEFORE_COMMITS.map(table =>
      knex(table)
        .where({ repository })
        .andWhere('position', '>', position)
        .first('position'),
    ),
  );
  if (found.every(row => row === undefined)) return;
  const earlier = await readEarlier(options, position);
  const places = await transact(tx =>
    dropAbove(tx, repository, position, earlier),
  );
  await tell(options, places);
}

async function tell({ onWritten }: DropOptions, places: Place[]) {
  await onWritten(
    places.map(({ namespace, service }) => ({ namespace, name: service })),
  );
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
