import { UNSEEN_MS, WATCHES_KEPT_MS } from '../../clusters/failures/watchTimes';
import { StayFacts, Watch } from './types';

function covers(watches: Watch[], from: number, to: number): boolean {
  let seenUntil = from;
  for (const { since, until } of watches) {
    if (since - seenUntil > UNSEEN_MS) break;
    seenUntil = Math.max(seenUntil, until);
  }
  return to - seenUntil <= UNSEEN_MS;
}

/**
 * Whether clusters were watched for all of a release's stay: at least one from
 * its beginning, and each that came meanwhile since then.
 */
export function isWatched(
  { from, to, watches }: Pick<StayFacts, 'from' | 'to' | 'watches'>,
  now: number,
): boolean {
  const clusters = Map.groupBy(
    watches.filter(one => one.since < to && one.until > from),
    ({ cluster }) => cluster,
  );
  // Of times long ago it isn't known who came meanwhile.
  const mayJoin = from > now - WATCHES_KEPT_MS;
  const all = [...clusters.values()];
  return (
    all.some(([first]) => first.since - from <= UNSEEN_MS) &&
    all.every(some =>
      covers(some, mayJoin ? Math.max(from, some[0].since) : from, to),
    )
  );
}
