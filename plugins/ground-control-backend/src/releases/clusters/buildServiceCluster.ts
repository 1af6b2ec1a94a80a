import { ServiceCluster } from '@ground-control/backstage-plugin-ground-control-common';
import { formatTime } from '../formatTime';
import { ClusterStanding, deriveClusterState } from './deriveClusterState';
import { Cluster } from './parseCluster';
import { ClusterServiceRow } from './types';

/** The release that a service should have in the cluster. */
export interface CurrentRelease {
  environment: string;
  position: number;
  released_at: number | string;
}

function sinceWhen(
  row: ClusterServiceRow | undefined,
  standing: ClusterStanding,
  cluster: Cluster,
  release: CurrentRelease,
): number | string {
  if (standing.state === 'pending' && standing !== row) {
    return release.released_at;
  }
  // What isn't heard of keeps the time of what was heard last.
  return row?.since ?? cluster.observedAt ?? cluster.since;
}

function lastWords(
  row: ClusterServiceRow | undefined,
  standing: ClusterStanding,
  release: CurrentRelease,
): string | undefined {
  if (!row || standing === row) return row?.message ?? undefined;
  if (standing.state !== 'stale') return undefined;
  const before = row.release_position < release.position;
  const words = `When last heard of: ${row.state}${
    before ? ', with an earlier release' : ''
  }.`;
  return row.message ? `${words} ${row.message}` : words;
}

/** How a service's release stands in one cluster, as readers see it. */
export function buildServiceCluster(
  row: ClusterServiceRow | undefined,
  cluster: Cluster,
  release: CurrentRelease,
  now: number,
): ServiceCluster {
  const standing = deriveClusterState(row, cluster, release, now);
  const built: ServiceCluster = {
    cluster: cluster.name,
    environment: release.environment,
    state: standing.state,
    reason: standing.reason,
    since: formatTime(sinceWhen(row, standing, cluster, release)),
  };
  const message = lastWords(row, standing, release);
  if (message) built.message = message;
  if (cluster.observedAt !== undefined) {
    built.observedAt = formatTime(cluster.observedAt);
  }
  // What may no longer be read is of another time than the rest of the answer.
  if (!row || standing.reason === 'may-not-read') {
    return built;
  }
  if (row.blocked_by && standing === row) {
    built.blockedBy = JSON.parse(row.blocked_by);
  }
  if (row.running_artifact_id) {
    built.runningArtifactId = row.running_artifact_id;
  }
  if (row.replicas_ready !== null && row.replicas_desired !== null) {
    built.replicas = {
      ready: row.replicas_ready,
      desired: row.replicas_desired,
    };
  }
  if (row.drift_corrected_at !== null) {
    built.driftCorrectedAt = formatTime(row.drift_corrected_at);
  }
  return built;
}
