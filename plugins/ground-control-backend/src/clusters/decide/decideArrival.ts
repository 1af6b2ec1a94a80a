import { ObservedKustomization } from '../observe/types';
import { describeCondition, findFluxFault, WAITING_FAULTS } from './fluxFault';
import { dropSuspended, formatSuspended, Suspended } from './suspendedAsWell';
import { ServiceFacts, Verdict } from './types';

/** A cluster is ahead of our reading for seconds, not for longer. */
export const KNOWN_AHEAD_MS = 30_000;

type Place = 'none' | 'unknown' | number;

/** `arrived`: the cluster has applied the release; what runs decides. */
export type Arrival = { kind: 'arrived' } | ({ kind: 'not' } & Verdict);

function placeOf(facts: ServiceFacts, commit: string | undefined): Place {
  if (commit === undefined) return 'none';
  return facts.positionOf(commit) ?? 'unknown';
}

function reaches(place: Place, position: number): boolean {
  return typeof place === 'number' && place >= position;
}

/** What was judged before stands, for the same release. */
export function keepBefore(
  { before, release }: ServiceFacts,
  recheckAt?: number,
): Verdict | undefined {
  return before?.releasePosition === release.position
    ? {
        state: before.state,
        reason: before.reason,
        message: dropSuspended(before.message),
        recheckAt,
      }
    : undefined;
}

function keepFailed(facts: ServiceFacts): Verdict | undefined {
  return facts.before?.state === 'failed' ? keepBefore(facts) : undefined;
}

/** The cluster names a commit that we haven't read. */
function decideUnknown(facts: ServiceFacts, commit: string): Verdict {
  const since = facts.unknownSince(commit);
  const until = (since ?? -Infinity) + KNOWN_AHEAD_MS;
  const kept = facts.now < until ? keepBefore(facts, until) : undefined;
  return (
    kept ?? {
      state: 'unknown',
      reason: 'revision-unknown',
      message: `The cluster is at commit ${commit.slice(
        0,
        10,
      )}, which isn't on the branch as it was read`,
    }
  );
}

function decidePending(
  facts: ServiceFacts,
  kustomization: ObservedKustomization | undefined,
): Verdict {
  const source = placeOf(facts, facts.source?.commit);
  // A source at a commit that we haven't read is ahead of us, so of the
  // release too.
  if (source !== 'unknown' && !reaches(source, facts.release.position)) {
    return {
      state: 'pending',
      reason: 'waits-for-source',
      message: facts.source
        ? findFluxFault(facts.source.ready) &&
          describeCondition(facts.source.ready)
        : undefined,
    };
  }
  return kustomization
    ? {
        state: 'pending',
        reason: 'waits-for-apply',
        message: findFluxFault(kustomization.ready)
          ? describeCondition(kustomization.ready)
          : undefined,
      }
    : { state: 'pending', reason: 'not-in-cluster' };
}

/** The cluster took the release up, and hasn't applied it. */
function decideAttempted(
  facts: ServiceFacts,
  kustomization: ObservedKustomization,
): Verdict {
  const { ready } = kustomization;
  const isCurrent =
    kustomization.observedGeneration >= kustomization.generation;
  const fault = findFluxFault(ready);
  if (fault && isCurrent) {
    return {
      state: 'failed',
      reason: fault,
      message: describeCondition(ready),
    };
  }
  return (
    keepFailed(facts) ?? {
      state: 'rolling-out',
      reason: 'progressing',
      message: ready?.status === 'True' ? undefined : ready?.message,
    }
  );
}

/** Nobody lets Flux look at it. */
export function describeSuspended(suspended: Suspended): Verdict {
  return {
    state: 'suspended',
    reason: 'suspended',
    message: formatSuspended(suspended),
  };
}

/** How far the release has come in the cluster, by what Flux says. */
export function decideArrival(facts: ServiceFacts): Arrival {
  const { kustomization, release } = facts;
  if (!kustomization) {
    return { kind: 'not', ...decidePending(facts, undefined) };
  }
  const { appliedCommit, attemptedCommit, ready } = kustomization;
  const applied = placeOf(facts, appliedCommit);
  if (kustomization.suspended) {
    // What Flux says of it is old; of what it has applied, what runs is not.
    return reaches(applied, release.position)
      ? { kind: 'arrived' }
      : {
          kind: 'not',
          ...describeSuspended({ kind: 'Kustomization', ...kustomization }),
        };
  }
  if (applied === 'unknown') {
    return { kind: 'not', ...decideUnknown(facts, appliedCommit!) };
  }
  const fault = findFluxFault(ready);
  if (reaches(applied, release.position)) {
    if (kustomization.observedGeneration < kustomization.generation) {
      return { kind: 'not', state: 'rolling-out', reason: 'progressing' };
    }
    if (fault && !WAITING_FAULTS.has(fault)) {
      return {
        kind: 'not',
        state: 'failed',
        reason: fault,
        message: describeCondition(ready),
      };
    }
    // Each try after a failure passes through Progressing; it stays failed
    // until one succeeds.
    const kept = ready?.status !== 'True' && !fault && keepFailed(facts);
    return kept ? { kind: 'not', ...kept } : { kind: 'arrived' };
  }
  if (fault && WAITING_FAULTS.has(fault)) {
    return {
      kind: 'not',
      state: 'pending',
      reason: fault,
      message: describeCondition(ready),
    };
  }
  const attempted = placeOf(facts, attemptedCommit);
  if (attempted === 'unknown') {
    return { kind: 'not', ...decideUnknown(facts, attemptedCommit!) };
  }
  return reaches(attempted, release.position)
    ? { kind: 'not', ...decideAttempted(facts, kustomization) }
    : { kind: 'not', ...decidePending(facts, kustomization) };
}
