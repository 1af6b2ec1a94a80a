import { ObservedEvent, ObservedKustomization } from '../observe/types';

/**
 * When Flux last put a difference right, by the cluster's clock. Applying a
 * new commit changes objects too; it was drift when that same commit had been
 * applied before. What was applied before the release was made, as with a
 * rollback, says nothing of that.
 */
export function findDriftCorrection(
  kustomization: ObservedKustomization | undefined,
  events: ObservedEvent[],
  releasedAt: number,
): number | undefined {
  const commit = kustomization?.appliedCommit;
  if (commit === undefined) return undefined;
  const ofCommit = events.filter(event => event.commit === commit);
  const said = kustomization?.firstAppliedAt ?? 0;
  const firstAppliedAt = Math.min(
    said >= releasedAt ? said : Infinity,
    ...ofCommit.filter(event => !event.configured).map(event => event.at),
  );
  const corrections = ofCommit
    .filter(event => event.configured && event.at > firstAppliedAt)
    .map(event => event.at);
  return corrections.length > 0 ? Math.max(...corrections) : undefined;
}
