import { ClusterServiceState } from '@ground-control/backstage-plugin-ground-control-common';

/** What a squad is told of. */
export type NoticeKind = 'failed' | 'drifted' | 'stuck';

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
  /** Told, and no longer so. */
  overSince?: number;
}

/** What is to be done about one notice. */
export interface NoticeStep {
  before?: Notice;
  /** As it stands then; absent when nothing of it stays. */
  after?: Notice;
  tell?: 'begun' | 'over';
  /** Why, for what is told. */
  why?: string;
}
