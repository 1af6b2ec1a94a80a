import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';

/** How a cluster is read now. Times are milliseconds since 1970. */
export interface ReadCluster {
  cluster: string;
  connection: ClusterConnectionState;
  /** Why it isn't live, in words. */
  reason?: string;
  /** Since when the connection is so. */
  since: number;
  /** It has answered at some time. */
  wasRead: boolean;
  /** It is being bootstrapped anew, which its own page tells. */
  isRecovering: boolean;
}

/** What platform engineers were told, or are about to be. */
export interface UnreadNotice {
  cluster: string;
  /** For people: how old what is shown of it is. */
  since: number;
  /**
   * When we first saw it: while no backend ran, nobody could read anything,
   * which is no fault of the cluster.
   */
  notedAt: number;
  toldAt?: number;
  /** Told, and read again. */
  overSince?: number;
}

/** What is to be done about one cluster. */
export interface UnreadStep {
  before?: UnreadNotice;
  /** As it stands then; absent when nothing of it stays. */
  after?: UnreadNotice;
  tell?: 'begun' | 'over';
  /** The cluster, while it is configured. */
  cluster?: ReadCluster;
}
