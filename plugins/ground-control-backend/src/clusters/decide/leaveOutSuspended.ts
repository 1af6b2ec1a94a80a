import { ObservedHelmRelease } from '../observe/types';
import { findOther } from './findOther';
import { ServiceFacts, ServiceWorkload } from './types';

function isMadeBy(
  { helmRelease }: ServiceWorkload,
  { namespace, name }: ObservedHelmRelease,
): boolean {
  return helmRelease?.namespace === namespace && helmRelease.name === name;
}

/** Whether the release was seen to run in the cluster. */
function hasRun({ before, release }: ServiceFacts): boolean {
  if (before?.releasePosition !== release.position) return false;
  const { state, runningArtifactId } = before;
  return (
    state === 'reconciled' ||
    state === 'drifted' ||
    (release.artifactId !== undefined &&
      runningArtifactId === release.artifactId)
  );
}

/**
 * Leaves out what Flux says of suspended HelmReleases, which is old; what runs
 * isn't. Kustomizations tell by their commit whether the release came before
 * they were suspended, HelmReleases don't: workloads of theirs that run
 * something else are another release's, unless this one ran there already.
 */
export function leaveOutSuspended(facts: ServiceFacts): ServiceFacts {
  const suspended = facts.helmReleases.filter(one => one.suspended);
  if (suspended.length === 0) return facts;
  const runsOther = (workload: ServiceWorkload) =>
    findOther({
      ...facts,
      workloads: [workload],
      helmReleases: [],
      missingWorkloads: [],
    }) !== undefined;
  const isAnothers = (workload: ServiceWorkload) =>
    suspended.some(one => isMadeBy(workload, one)) && runsOther(workload);
  return {
    ...facts,
    helmReleases: facts.helmReleases.filter(one => !one.suspended),
    workloads: hasRun(facts)
      ? facts.workloads
      : facts.workloads.filter(one => !isAnothers(one)),
  };
}
