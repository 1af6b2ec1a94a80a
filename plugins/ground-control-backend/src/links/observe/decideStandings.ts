import { KindReading } from '../../clusters/types';

/**
 * What can be said of the objects of a kind.
 *
 * - `whole`: all are known, or were when the cluster was last heard of.
 * - `partly`: some are known; others can't be read.
 * - `absent`: the cluster has no such kind.
 * - `forbidden`: we may not read them.
 * - `unread`: nothing yet.
 */
export type KindStanding =
  | 'whole'
  | 'partly'
  | 'absent'
  | 'forbidden'
  | 'unread';

/** @param before - its standing the last time that it was asked */
export function decideStanding(
  kind: Pick<KindReading, 'state' | 'reason'> | undefined,
  before: KindStanding,
): KindStanding {
  switch (kind?.state) {
    case 'absent':
    case 'forbidden':
      return kind.state;
    case 'live':
      // It has a reason where objects are left out of what is read.
      return kind.reason === undefined ? 'whole' : 'partly';
    default:
      return before === 'whole' || before === 'partly' ? before : 'unread';
  }
}

/**
 * Whether kinds are known.
 *
 * @param before - what was said before they were read
 */
export function decideKnown(
  standings: readonly KindStanding[],
  before: boolean,
): boolean {
  if (standings.includes('unread')) return before;
  return standings.every(standing => standing === 'whole');
}
