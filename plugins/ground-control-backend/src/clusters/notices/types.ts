import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { ClusterServiceState } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';

/** What a squad is told of. */
export type NoticeKind = 'failed' | 'drifted' | 'stuck';

/** `newer`: a further release isn't well either. */
export type Tell = 'begun' | 'newer' | 'over';

/** Whom a notice is about. */
export interface NoticeSubject {
  environment: string;
  namespace: string;
  service: string;
}

/** A service in a cluster that isn't reconciled. Times are milliseconds since 1970. */
export interface Unwell extends NoticeSubject {
  cluster: string;
  state: ClusterServiceState;
  since: number;
  /** Why, in words. */
  why: string;
  /**
   * The commit that made the release that it was judged on: a position may
   * become another's. Absent while history is read anew.
   */
  release?: string;
  /** No other release has come since. */
  isCurrent: boolean;
  /** Entity ref; absent while nobody is known to own it. */
  squadRef?: string;
}

/** What a squad was told, or is about to be. */
export interface Notice extends NoticeSubject {
  kind: NoticeKind;
  squadRef?: string;
  since: number;
  clusters: string[];
  toldAt?: number;
  /** Of the release that it was told of; unknown of what was told long ago. */
  release?: string;
  /** Told, and since then a further release isn't well either. */
  newerSince?: number;
  /** Told, and no longer so. */
  overSince?: number;
}

/** What is to be done about one notice. */
export interface NoticeStep {
  before?: Notice;
  /** As it stands then; absent when nothing of it stays. */
  after?: Notice;
  tell?: Tell;
  /** Why, for what is told. */
  why?: string;
}

/** What notices are decided on. */
export interface NoticeContext {
  knex: Knex;
  repository: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** Something to note, and to tell before that. */
export interface Telling {
  /** Absent where there is nothing to tell. */
  send?: NotificationSendOptions;
  note(tx: Knex): Promise<void>;
}
