import { ServiceCluster } from '@ground-control/backstage-plugin-ground-control-common';
import { buildServiceCluster } from '../../releases/clusters/buildServiceCluster';
import { ClusterServiceRow } from '../../releases/clusters/types';
import { cleanText } from '../../lib/cleanText';
import { FollowedCluster, FollowFacts } from './types';

const LONGEST_REASON = 500;

/** What a cluster reports of a service, in the words of following. */
const STATES: Record<
  ServiceCluster['state'],
  FollowedCluster['state'] | undefined
> = {
  reconciled: 'running',
  failed: 'failed',
  // It has the release, and something else runs.
  drifted: 'arrived',
  'rolling-out': 'arrived',
  pending: 'waiting',
  suspended: 'waiting',
  // Nothing can be told: what was known stays.
  unknown: undefined,
  stale: undefined,
};

const WORDS: Partial<Record<ServiceCluster['reason'], string>> = {
  'waits-for-source': 'Flux has not fetched the commit yet',
  'waits-for-apply': 'Flux has the commit, and has not applied it yet',
  'not-in-cluster': 'No Kustomization of the cluster applies the service',
  'not-heard-of': 'The cluster is not heard of',
  'may-not-read': 'The cluster does not let us read its Kustomizations',
};

/** Of one that runs it as far as Flux says. */
const ARTIFACT_UNTOLD = 'Reconciled; which artifact runs there isn’t told';

function describe(standing: ServiceCluster): string {
  const { blockedBy, message, reason } = standing;
  if (blockedBy) {
    const { kind, namespace, name, why } = blockedBy;
    return `Blocked by ${kind} ${namespace}/${name}: ${why}`;
  }
  const words = WORDS[reason];
  if (reason === 'not-heard-of' && message) return `${words}. ${message}`;
  return message ?? words ?? reason.replaceAll('-', ' ');
}

/** Whether the cluster itself says that what ran there no longer does. */
function isTakenBack(
  { release, replacedBy }: FollowFacts,
  state: ServiceCluster['state'],
  judged: ClusterServiceRow | undefined,
): boolean {
  if (state === 'failed') return true;
  return (
    // Where a later release is known, what is missing is due to that.
    !replacedBy &&
    // Nothing that the cluster said is of this release yet.
    judged !== undefined &&
    judged.release_position >= release!.position &&
    (state === 'drifted' || state === 'pending')
  );
}

/**
 * Decides how a request stands in one cluster. That it ran there stays until
 * the cluster says otherwise, or has failed: one that falls silent, moves a pod
 * or is suspended takes nothing back, nor does a later release.
 */
export function decideCluster(
  facts: FollowFacts,
  { cluster, judged }: FollowFacts['clusters'][number],
): FollowedCluster {
  const { request, release, now } = facts;
  const before = facts.before.find(one => one.cluster === cluster.name);
  const kept = before ?? {
    cluster: cluster.name,
    state: 'waiting',
    since: request.since,
  };
  if (!release) return kept;
  const standing = buildServiceCluster(judged, cluster, release, now);
  const { runningArtifactId } = standing;
  // What was judged on a later release says nothing of this one, unless it
  // runs the same.
  const isOfLater = judged && judged.release_position > release.position;
  if (isOfLater && runningArtifactId !== request.artifact_id) return kept;
  const isOther =
    standing.state === 'reconciled' &&
    runningArtifactId !== undefined &&
    runningArtifactId !== request.artifact_id;
  const says = isOther ? 'drifted' : standing.state;
  const stays =
    before?.state === 'running' && !isTakenBack(facts, says, judged);
  const state = stays ? 'running' : STATES[says] ?? before?.state ?? 'waiting';
  let reason: string | undefined;
  if (state !== 'running') {
    reason = isOther ? `It runs ${runningArtifactId}` : describe(standing);
  } else if (says !== 'reconciled') {
    // What is known of it stays while it is silent.
    reason = before?.reason;
  } else if (!runningArtifactId) {
    reason = ARTIFACT_UNTOLD;
  }
  return {
    cluster: cluster.name,
    state,
    service: standing.state,
    ...(reason && { reason: cleanText(reason, LONGEST_REASON) }),
    since:
      before?.state === state
        ? before.since
        : // The cluster may have been as it is long before the commit.
          Math.max(Date.parse(standing.since), request.since),
  };
}
