import { Knex } from 'knex';
import { queryReleases, ReleaseRow } from '../../releases/buildRelease';
import { Place } from '../../releases/health';

const MOST = 10;
/** For the first page: releases of the same files stand in between. */
const LOOKED_AT = 50;
/** More stays of the states of a page tell little more, and cost as much. */
const MOST_STAYS = 200;

/** Some earlier states, and the position below which the next ones are. */
interface EarlierStates {
  rows: ReleaseRow[];
  next?: number;
}

/** Releases that can be gone back to, newest first. */
function queryEarlier(
  knex: Knex,
  place: Place,
  current: ReleaseRow,
): Knex.QueryBuilder {
  return queryReleases(knex)
    .where(
      Object.fromEntries(
        Object.entries(place).map(([key, value]) => [`releases.${key}`, value]),
      ),
    )
    .where('releases.position', '<', current.position)
    .whereNotNull('releases.tree')
    .whereNotNull('releases.artifact_id')
    .whereNotNull('commits.revision')
    .orderBy('releases.position', 'desc');
}

/** The newest release of each tree, but for the tree that is current. */
function pickDistinct(rows: ReleaseRow[], current: ReleaseRow): ReleaseRow[] {
  const seen = new Set([current.tree]);
  return rows.filter(({ tree }) => {
    if (seen.has(tree)) return false;
    seen.add(tree);
    return true;
  });
}

/** By the newest releases alone, so that it costs the same however many there were. */
async function findNewest(
  knex: Knex,
  place: Place,
  current: ReleaseRow,
): Promise<EarlierStates> {
  const found: ReleaseRow[] = await queryEarlier(knex, place, current).limit(
    LOOKED_AT + 1,
  );
  const looked = found.slice(0, LOOKED_AT);
  const distinct = pickDistinct(looked, current);
  const rows = distinct.slice(0, MOST);
  const more = found.length > looked.length ? looked.at(-1) : undefined;
  const last = distinct.length > rows.length ? rows.at(-1) : more;
  return { rows, next: last?.position };
}

/**
 * A state belongs to the page on which its newest release lies, so that none
 * is offered twice, whatever was shown before.
 */
async function findBelow(
  knex: Knex,
  place: Place,
  current: ReleaseRow,
  before: number,
): Promise<EarlierStates> {
  const newest: Array<{ position: number }> = await queryEarlier(
    knex,
    place,
    current,
  )
    .clear('select')
    .clear('order')
    .whereNot('releases.tree', current.tree ?? '')
    .groupBy('releases.tree')
    .max({ position: 'releases.position' })
    .havingRaw('max(releases.position) < ?', [before])
    .orderByRaw('max(releases.position) desc')
    .limit(MOST + 1);
  const shown = newest.slice(0, MOST).map(({ position }) => position);
  const rows: ReleaseRow[] = await queryEarlier(knex, place, current).whereIn(
    'releases.position',
    shown,
  );
  return { rows, next: newest.length > MOST ? shown.at(-1) : undefined };
}

/** The stay of a release: which state, by which commit, and from when to when. */
export type StayRow = Pick<
  ReleaseRow,
  'tree' | 'revision' | 'released_at' | 'replaced_at'
>;

/** Finds when else these states were current, newest first. */
export async function findOtherStays(
  knex: Knex,
  options: { place: Place; current: ReleaseRow; states: ReleaseRow[] },
): Promise<StayRow[]> {
  const { place, current, states } = options;
  return queryEarlier(knex, place, current)
    .clear('select')
    .whereIn(
      'releases.tree',
      states.flatMap(({ tree }) => tree ?? []),
    )
    .whereNotIn(
      'releases.position',
      states.map(({ position }) => position),
    )
    .limit(MOST_STAYS)
    .select(
      'releases.tree',
      'releases.released_at',
      'releases.replaced_at',
      'commits.revision',
    );
}

/**
 * Finds the earlier states that can be gone back to, newest first: of each its
 * newest release. The current one isn't among them.
 */
export async function findEarlierStates(
  knex: Knex,
  options: { place: Place; current: ReleaseRow; before?: number },
): Promise<EarlierStates> {
  const { place, current, before } = options;
  if (before !== undefined) return findBelow(knex, place, current, before);
  const newest = await findNewest(knex, place, current);
  // Where lately there was none but the current one, that isn't all there was.
  return newest.rows.length === 0 && newest.next !== undefined
    ? findBelow(knex, place, current, newest.next)
    : newest;
}
