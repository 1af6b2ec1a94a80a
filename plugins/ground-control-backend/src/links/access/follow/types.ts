import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import {
  FollowedCluster,
  FollowedRequest,
  FollowFacts,
} from '../../../requests/following/types';
import { EntryFacts, EntrySubject } from '../../entries/decide/types';

/** What the gateway's file says of the entry since the request's commit. */
export type FileStanding = 'as-asked' | 'otherwise' | 'unknown';

/** A committed request for access, as far as it is followed. */
export type FollowedAccess = Pick<
  FollowedRequest,
  'number' | 'revision' | 'since' | 'deadline_at'
>;

/** All that decides how far a committed request is. Times are milliseconds since 1970. */
export interface AccessFollowFacts {
  request: FollowedAccess;
  wish: AccessWish;
  /** The entry as it was asked for. */
  subject: EntrySubject;
  /** Where its commit is, as of a release. */
  commit: FollowFacts['commit'];
  file: FileStanding;
  /** What clusters and samples say now. */
  facts: EntryFacts;
  /** What was noted before. */
  before: FollowedCluster[];
  now: number;
  /** So long after its commit it should have come about everywhere. */
  deadlineMs: number;
}

/** How an entry stands for one of the clusters that a request is about. */
export interface CallerStanding {
  /** Absent where it can't be told now: what was known stays. */
  state?: FollowedCluster['state'];
  /** What is missing, or why it can't be told. */
  reason?: string;
  /** It answers over a link that isn't well. */
  isUnwell?: boolean;
}
