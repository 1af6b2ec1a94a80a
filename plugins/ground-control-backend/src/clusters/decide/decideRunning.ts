import { keepBefore } from './decideArrival';
import { describeCondition, findFluxFault, WAITING_FAULTS } from './fluxFault';
import { findTrouble } from './findTrouble';
import { findOther } from './findOther';
import { isComplete } from './isComplete';
import { leaveOutSuspended } from './leaveOutSuspended';
import { ServiceFacts, Verdict } from './types';

/**
 * Flux's objects and the workloads come by different watches: for so long
 * after a release was seen applied, a workload may just not have been heard of.
 */
export const ARRIVAL_GRACE_MS = 3_000;
/** What Kubernetes gives a Deployment unless told otherwise. */
const PROGRESS_DEADLINE_MS = 600_000;

function decideHelm({ helmReleases }: ServiceFacts): Verdict | undefined {
  for (const helm of helmReleases) {
    const fault = findFluxFault(helm.ready);
    if (fault && !WAITING_FAULTS.has(fault)) {
      return {
        state: 'failed',
        reason: fault,
        message: describeCondition(helm.ready),
      };
    }
  }
  return undefined;
}

/** Helm waits for another; of the release's own pods it still counts that they fail. */
function decideHelmWaits(facts: ServiceFacts): Verdict | undefined {
  for (const { ready } of facts.helmReleases) {
    const fault = findFluxFault(ready);
    if (fault && WAITING_FAULTS.has(fault)) {
      const { artifactId } = facts.release;
      const isOwn = facts.workloads.every(
        one => artifactId && one.artifactId === artifactId,
      );
      const trouble = isOwn && findTrouble(facts);
      return trouble
        ? { state: 'failed', ...trouble }
        : {
            state: 'pending',
            reason: fault,
            message: describeCondition(ready),
          };
    }
  }
  return undefined;
}

function isHelmAtWork(facts: ServiceFacts, wasReconciled: boolean): boolean {
  return facts.helmReleases.some(
    helm =>
      helm.observedGeneration < helm.generation ||
      (helm.ready?.status !== 'True' && !wasReconciled),
  );
}

/** The workloads aren't as they should be, and nothing says that they fail. */
function decideIncomplete(
  facts: ServiceFacts,
  wasReconciled: boolean,
): Verdict {
  const waiting = facts.workloads.filter(one => !isComplete(one));
  const stuck = waiting.find(one => one.stuck);
  if (stuck && !wasReconciled) {
    return {
      state: 'failed',
      reason: facts.podTrouble?.reason ?? 'replicas-not-ready',
      message: facts.podTrouble?.message ?? stuck.stuck,
    };
  }
  const deadline = Math.min(
    ...waiting.map(
      one =>
        (one.unreadySince ?? facts.now) +
        (one.progressDeadlineMs ?? PROGRESS_DEADLINE_MS),
    ),
  );
  if (facts.now >= deadline) {
    const names = waiting.map(
      one => `${one.kind} ${one.name}: ${one.ready} of ${one.desired} ready`,
    );
    return {
      state: 'failed',
      reason: facts.podTrouble?.reason ?? 'replicas-not-ready',
      message: facts.podTrouble?.message ?? names.join('; '),
    };
  }
  if (wasReconciled) {
    return { state: 'reconciled', reason: 'applied', recheckAt: deadline };
  }
  // A loop of crashes has good moments; it fails until all pods are well.
  const kept = facts.before?.state === 'failed' && keepBefore(facts, deadline);
  return (
    kept || {
      state: 'rolling-out',
      reason: facts.podTrouble?.reason ?? 'progressing',
      message: facts.podTrouble?.message,
      recheckAt: deadline,
    }
  );
}

/** What runs, where Flux says that the release is applied. */
export function decideRunning(all: ServiceFacts): Verdict {
  const facts = leaveOutSuspended(all);
  const { before, release, now } = facts;
  const wasReconciled =
    before?.state === 'reconciled' &&
    before.releasePosition === release.position;
  const helm = decideHelm(facts);
  if (helm) return helm;
  const waits = decideHelmWaits(facts);
  if (waits || isHelmAtWork(facts, wasReconciled)) {
    const kept = before?.state === 'failed' && keepBefore(facts);
    return kept || (waits ?? { state: 'rolling-out', reason: 'progressing' });
  }
  const other = findOther(facts);
  if (other) {
    const until = (facts.arrivedAt ?? -Infinity) + ARRIVAL_GRACE_MS;
    return now < until && !wasReconciled
      ? { state: 'rolling-out', reason: 'progressing', recheckAt: until }
      : { state: 'drifted', ...other };
  }
  const trouble = findTrouble(facts);
  if (trouble) return { state: 'failed', ...trouble };
  return facts.workloads.every(isComplete)
    ? { state: 'reconciled', reason: 'applied' }
    : decideIncomplete(facts, wasReconciled);
}
