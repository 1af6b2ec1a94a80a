import { RequestCluster } from '@ground-control/backstage-plugin-ground-control-common';
import { CurrentRelease } from '../../releases/clusters/buildServiceCluster';
import { Cluster } from '../../releases/clusters/parseCluster';
import { ClusterServiceRow } from '../../releases/clusters/types';
import { RequestRow } from '../types';

/** How a request stands in a cluster; a row of `release_request_clusters`. */
export interface FollowedCluster {
  cluster: string;
  state: RequestCluster['state'];
  service?: RequestCluster['service'];
  reason?: string;
  /** Milliseconds since 1970. */
  since: number;
}

/** A committed request, as far as it is followed. */
export type FollowedRequest = Pick<
  RequestRow,
  'number' | 'environment' | 'namespace' | 'service' | 'artifact_id'
> & {
  revision: string;
  /** When it was seen on the branch, in milliseconds since 1970. */
  since: number;
  deadline_at: number | null;
};

/** All that decides how far a committed request is. Times are milliseconds since 1970. */
export interface FollowFacts {
  request: FollowedRequest;
  /** Its release as it stands on the branch; absent when it isn't there now. */
  release?: CurrentRelease;
  /** A later release, or the removal, of the same service and environment. */
  replacedBy?: { position: number; removed: boolean };
  /**
   * Where its commit is. It is `lost` once that was looked for on all of the
   * branch; before, and while the branch is read, it is `unknown`.
   */
  commit: 'on-branch' | 'lost' | 'unknown';
  /** The clusters that carry the environment, in the configured order. */
  clusters: Array<{ cluster: Cluster; judged?: ClusterServiceRow }>;
  /** What was noted before. */
  before: FollowedCluster[];
  now: number;
  /** So long a cluster may say that it fails before it counts. */
  failAfterMs: number;
  /** So long after its commit every cluster should run it. */
  deadlineMs: number;
}

/** Something of a request in a cluster that its timeline shows. */
export interface ClusterStep {
  code:
    | 'cluster-arrived'
    | 'cluster-running'
    | 'cluster-stopped'
    | 'cluster-failed';
  cluster: string;
  message?: string;
}

/** What is to be written of a request. */
export interface FollowDecision {
  /** As they stand now, in the order of the clusters. */
  clusters: FollowedCluster[];
  /** Something of `clusters` differs from before. */
  changed: boolean;
  steps: ClusterStep[];
  /** How it ends; absent while it is followed. */
  end?: { type: 'succeed' | 'fail'; code: string; message?: string };
}
