import { Knex } from 'knex';
import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';
import { readRepositoryRow } from '../../gitops/store/repositoryRow';
import { addStep } from '../addStep';
import { lockRequests } from '../store/lockRequests';
import { isAccessRow } from '../types';
import { describeMerge } from './describeMerge';
import { readEntry } from './readEntry';

const SETTLER = 'system:ingest';
/** Of a committed request whose commit the branch doesn't have any more. */
export const HISTORY_REWRITTEN = 'history-rewritten';
const MERGED = 'came-by-merge';

/** What tells where a commit is on the branch. */
export type BranchMirror = Pick<
  Mirror,
  'findContained' | 'findEntry' | 'objects'
>;

interface Moved {
  number: number;
  revision: string;
  /** Where it is now; null where it isn't on the first-parent line. */
  position: number | null;
}

/** Where a moved commit is on the branch now. */
type Place = { revision: string; position: number };

/**
 * Follows the commits of committed requests when the branch is another than it
 * was: to another position; to the merge by which somebody took them along,
 * off the first-parent line; or says that they are gone, once.
 *
 * @returns how many requests changed
 */
export async function settleMoved(
  knex: Knex,
  options: { repository: string; mirror: BranchMirror; now: number },
): Promise<number> {
  const { repository, mirror, now } = options;
  const row = await readRepositoryRow(knex, repository);
  // While a new history is read, what isn't there may still come.
  if (!row?.tip || row.tip !== row.remote_tip) return 0;
  const moved = await readMoved(knex, repository);
  const lost = moved.flatMap(({ position, revision }) =>
    position === null ? revision : [],
  );
  const merged = await findMerged(mirror, lost, row.tip);
  let settled = 0;
  for (const one of moved) {
    const { revision, position } = one;
    let place: Place | undefined;
    if (position !== null) {
      place = { revision, position };
    } else if (merged === undefined) {
      continue;
    } else if (merged.has(revision)) {
      const tip = row.tip;
      const entry = await readEntry({ ...options, knex, revision, tip });
      // Read a moment ago, and rewritten since: the next time tells.
      if (entry?.position === undefined) continue;
      place = { revision: entry.revision, position: entry.position };
    }
    settled += await knex.transaction(tx => settle(tx, one, place, now));
  }
  return settled;
}

function readMoved(knex: Knex, repository: string): Promise<Moved[]> {
  return knex('release_requests as r')
    .leftJoin('commits as c', {
      'c.repository': 'r.repository',
      'c.revision': 'r.revision',
    })
    .where('r.repository', repository)
    .where('r.state', 'committed')
    .where(either =>
      either.whereNull('c.position').orWhereRaw('c.position <> r.position'),
    )
    .select('r.number', 'r.revision', 'c.position');
}

/** @returns undefined where this process's copy of the branch can't tell */
async function findMerged(
  mirror: BranchMirror,
  revisions: string[],
  tip: string,
): Promise<Set<string> | undefined> {
  if (revisions.length === 0) return new Set();
  // The tables may be ahead of the mirror: another replica reads for them.
  const objects = await mirror.objects();
  const { found } = await objects.read(tip, { maxBytes: 0 });
  if (found === 'no') return undefined;
  return new Set(await mirror.findContained({ revisions, tip }));
}

/** @returns 1 where something changed */
async function settle(
  tx: Knex.Transaction,
  { number, revision }: Moved,
  place: Place | undefined,
  now: number,
): Promise<number> {
  const [locked] = await lockRequests(tx, [number]);
  if (locked?.state !== 'committed' || locked.revision !== revision) return 0;
  if (place) {
    await tx('release_requests').where({ number }).update(place);
    if (place.revision !== revision) {
      await addStep(tx, {
        number,
        at: now,
        code: MERGED,
        by: SETTLER,
        message: describeMerge(revision, place.revision),
      });
    }
    return 1;
  }
  const said = await tx('release_request_steps')
    .where({ number, code: HISTORY_REWRITTEN })
    .first('step');
  if (said) return 0;
  await addStep(tx, {
    number,
    at: now,
    code: HISTORY_REWRITTEN,
    by: SETTLER,
    message: `The history of the config repository was rewritten, and commit ${revision.slice(
      0,
      10,
    )} of this ${
      isAccessRow(locked)
        ? 'request is not in it any more. Look at the gateway’s entries, and ask again if need be.'
        : 'release is not in it any more. Look at what the service runs, and ask again if need be.'
    }`,
  });
  return 1;
}
