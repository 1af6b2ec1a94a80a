import { Standing } from '../decide/types';
import { parseServiceKey } from '../serviceKey';
import { ClusterScope, ClusterServiceRow } from './types';

/** A standing as its row has it. Pair of {@link readStandingRow}. */
export function formatStandingRow(
  scope: ClusterScope,
  key: string,
  standing: Standing,
): ClusterServiceRow {
  const { namespace, name } = parseServiceKey(key);
  const { blockedBy, replicas } = standing;
  return {
    ...scope,
    namespace,
    service: name,
    release_position: standing.releasePosition,
    state: standing.state,
    reason: standing.reason,
    message: standing.message ?? null,
    since: standing.since,
    blocked_by: blockedBy ? JSON.stringify(blockedBy) : null,
    running_artifact_id: standing.runningArtifactId ?? null,
    replicas_ready: replicas?.ready ?? null,
    replicas_desired: replicas?.desired ?? null,
    drift_corrected_at: standing.driftCorrectedAt ?? null,
  };
}

/** Rows are ours: what stands in them was written by the pair of this. */
export function readStandingRow(row: ClusterServiceRow): Standing {
  return {
    releasePosition: row.release_position,
    state: row.state as Standing['state'],
    reason: row.reason as Standing['reason'],
    since: Number(row.since),
    ...(row.message !== null && { message: row.message }),
    ...(row.blocked_by !== null && { blockedBy: JSON.parse(row.blocked_by) }),
    ...(row.running_artifact_id !== null && {
      runningArtifactId: row.running_artifact_id,
    }),
    ...(row.replicas_ready !== null &&
      row.replicas_desired !== null && {
        replicas: { ready: row.replicas_ready, desired: row.replicas_desired },
      }),
    ...(row.drift_corrected_at !== null && {
      driftCorrectedAt: Number(row.drift_corrected_at),
    }),
  };
}
