import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { FollowFacts } from '../../../requests/following/types';
import { ReadFile } from '../../entries/types';
import { FileStanding } from './types';

/** The gateway's file as it was read last, and where on the branch that was. */
export interface PlacedFile {
  file?: ReadFile;
  /** Null where the tables don't have the commit. */
  position: number | null;
  /** It was read at the last commit of the branch. */
  isTip: boolean;
}

/**
 * Decides what the file says of an entry since it was asked for. What was read
 * before the request's commit says nothing; where that is lost, the end of the
 * branch does.
 */
export function decideFile(
  options: PlacedFile & {
    wish: AccessWish;
    entryId: string;
    commit: FollowFacts['commit'];
    /** Of the request's commit; null where the branch doesn't have it. */
    commitPosition: number | null;
  },
): FileStanding {
  const { wish, entryId, file, position, commit, commitPosition } = options;
  const isLater =
    commitPosition !== null && position !== null && position >= commitPosition;
  const isAfterLoss = commit === 'lost' && options.isTip;
  if (!file?.isReadable || !(isLater || isAfterLoss)) return 'unknown';
  // What can't be read of it may be this one.
  if (file.problems.some(({ entry }) => entry === entryId)) return 'unknown';
  const declared = file.entries.find(({ id }) => id === entryId);
  if (wish.change === 'remove') return declared ? 'otherwise' : 'as-asked';
  const saysSame =
    wish.kind === 'target'
      ? declared?.dnsName === wish.dnsName
      : declared?.port === wish.port;
  return declared && saysSame ? 'as-asked' : 'otherwise';
}
