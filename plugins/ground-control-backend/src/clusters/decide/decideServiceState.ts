import { decideArrival, describeSuspended } from './decideArrival';
import { decideRunning } from './decideRunning';
import { decideUnread } from './decideUnread';
import { findBlocker } from './findBlocker';
import { findDriftCorrection } from './findDriftCorrection';
import { findTrouble } from './findTrouble';
import { isComplete } from './isComplete';
import { addSuspended, findSuspended } from './suspendedAsWell';
import { Judgement, ServiceFacts, Verdict } from './types';

/** Pods are asked after so long; most rollouts never come to it. */
const PODS_AFTER_MS = 3_000;
/** A pod that starts may crash later: while it isn't ready it is asked again. */
const PODS_AGAIN_MS = 5_000;

/** The whole of a service: its workloads together; undefined for a part. */
function sumReplicas({ workloads, unread }: ServiceFacts) {
  if (workloads.length === 0 || unread.length > 0) return undefined;
  return {
    ready: workloads.reduce(
      (sum, one) => sum + Math.min(one.ready, one.desired),
      0,
    ),
    desired: workloads.reduce((sum, one) => sum + one.desired, 0),
  };
}

/** What runs: the artifact that isn't the release's, where there are two. */
function findRunningArtifact({ workloads, release }: ServiceFacts) {
  const ids = workloads.flatMap(one => one.artifactId ?? []);
  return ids.find(id => id !== release.artifactId) ?? ids[0];
}

/** While Flux waits for the workloads, they tell sooner that they fail. */
function decideRollout(facts: ServiceFacts, verdict: Verdict): Verdict {
  if (verdict.state !== 'rolling-out') return verdict;
  const trouble = findTrouble(facts);
  if (trouble) return { state: 'failed', ...trouble };
  const waiting = facts.workloads.find(one => !isComplete(one));
  if (waiting?.stuck) {
    return {
      state: 'failed',
      reason: facts.podTrouble?.reason ?? 'replicas-not-ready',
      message: facts.podTrouble?.message ?? waiting.stuck,
    };
  }
  return waiting && facts.podTrouble
    ? { ...verdict, ...facts.podTrouble }
    : verdict;
}

/** Suspended is what would be well, or on its way; it hides nothing worse. */
function decideSuspended(facts: ServiceFacts, verdict: Verdict): Verdict {
  const suspended = findSuspended(facts);
  if (!suspended) return verdict;
  const { state, message, recheckAt } = verdict;
  return state === 'failed' || state === 'drifted'
    ? { ...verdict, message: addSuspended(message, suspended) }
    : { ...describeSuspended(suspended), recheckAt };
}

function earliest(...times: (number | undefined)[]): number | undefined {
  const known = times.filter(time => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/**
 * Judges how a release stands in one cluster.
 *
 * It is reconciled when Flux is ready, at the present generation, not
 * suspended, at the release's commit or a later one, and the workloads run it.
 * A commit that only moves the head of the repository changes nothing of that:
 * while Flux applies it, and while it waits for others to have it applied, a
 * release that it applied before stays what it is.
 */
export function decideServiceState(facts: ServiceFacts): Judgement {
  const arrival = decideArrival(facts);
  const arrived = arrival.kind === 'arrived';
  const verdict =
    arrival.kind === 'arrived'
      ? decideSuspended(facts, decideUnread(facts, decideRunning(facts)))
      : decideRollout(facts, arrival);
  const { state, reason, message } = verdict;
  const blockedBy =
    state === 'pending' && !arrived
      ? findBlocker(
          {
            kustomization: facts.kustomization,
            owner: facts.owner,
            source: facts.source && { kind: 'GitRepository', ...facts.source },
          },
          facts.ancestors,
        )
      : undefined;
  const unreadySince = earliest(
    ...facts.workloads
      .filter(one => !isComplete(one))
      .map(one => one.unreadySince),
  );
  // Of a release that hasn't come, the pods are another release's.
  const wereSeen = arrived || (state !== 'pending' && state !== 'unknown');
  const podsAt =
    unreadySince !== undefined && wereSeen
      ? unreadySince + PODS_AFTER_MS
      : undefined;
  const wantsPods = podsAt !== undefined && facts.now >= podsAt;
  const replicas = sumReplicas(facts);
  const runningArtifactId = findRunningArtifact(facts);
  const driftCorrectedAt =
    findDriftCorrection(
      facts.kustomization,
      facts.events,
      facts.release.releasedAt,
    ) ?? keptCorrection(facts);
  const recheckAt = earliest(
    verdict.recheckAt,
    wantsPods ? facts.now + PODS_AGAIN_MS : podsAt,
  );
  return {
    state,
    reason,
    arrived,
    wantsPods,
    ...(message && { message }),
    ...(blockedBy && { blockedBy }),
    ...(runningArtifactId && { runningArtifactId }),
    ...(replicas && { replicas }),
    ...(driftCorrectedAt && { driftCorrectedAt }),
    ...(recheckAt !== undefined && { recheckAt }),
  };
}

/** Events are gone after an hour; what they said of this release isn't. */
function keptCorrection({ before, release }: ServiceFacts) {
  return before?.releasePosition === release.position
    ? before.driftCorrectedAt
    : undefined;
}
