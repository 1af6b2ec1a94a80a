import { Blocker } from '@ground-control/backstage-plugin-ground-control-common';
import { ObjectRef, ObservedKustomization } from '../observe/types';
import { describeCondition, findFluxFault, WAITING_FAULTS } from './fluxFault';

/** How far a cluster has applied the config repository. */
export interface Applied {
  /** The commit of whichever Kustomization is furthest behind. */
  revision?: string;
  /** Kustomizations that have applied nothing yet. */
  unapplied: number;
  /** Of those that fail to apply what was fetched, the one furthest behind. */
  blockedBy?: Blocker;
}

export interface AppliedFacts {
  /** Those that read from the config repository. */
  kustomizations: Iterable<ObservedKustomization>;
  /** The commit that Flux has fetched. */
  fetched?: string;
  /** The position of a commit; undefined when it wasn't read yet. */
  positionOf(commit: string): number | undefined;
  /** What was named before. */
  before?: Blocker;
}

const NOTHING = -2;
const UNKNOWN = -1;

/** Orders commits; one that can't be placed may be older than all others. */
function placeOf(
  commit: string | undefined,
  { fetched, positionOf }: AppliedFacts,
): number {
  if (commit === undefined) return NOTHING;
  return positionOf(commit) ?? (commit === fetched ? Infinity : UNKNOWN);
}

/** Why a Kustomization doesn't apply what was fetched, where Flux says that it fails. */
function whyOf(
  one: ObservedKustomization,
  { fetched, before }: AppliedFacts,
): string | undefined {
  const { appliedCommit, ready } = one;
  if (appliedCommit !== undefined && appliedCommit === fetched)
    return undefined;
  const fault = findFluxFault(ready);
  if (fault) {
    return WAITING_FAULTS.has(fault) ? undefined : describeCondition(ready);
  }
  // Each try after a failure passes through Progressing, some for minutes.
  const isNamed =
    one.name === before?.name && one.namespace === before.namespace;
  return isNamed && ready?.status !== 'True' ? before.why : undefined;
}

interface Standing {
  ref: ObjectRef;
  place: number;
}

/** Of the same place one has to come first, or they would take turns. */
function isBefore(a: Standing, b: Standing | undefined): boolean {
  return (
    !b || a.place < b.place || (a.place === b.place && a.ref.name < b.ref.name)
  );
}

/**
 * Decides which commit a cluster has applied as a whole: the oldest among its
 * Kustomizations, since nothing newer is applied everywhere. A suspended one
 * stays where it is for as long as somebody wishes, and says nothing of that.
 */
export function decideApplied(facts: AppliedFacts): Applied {
  let oldest: (Standing & { revision: string }) | undefined;
  let blocked: (Standing & { why: string }) | undefined;
  let unapplied = 0;
  for (const one of facts.kustomizations) {
    if (one.suspended) continue;
    const revision = one.appliedCommit;
    const standing = { ref: one, place: placeOf(revision, facts) };
    if (revision === undefined) unapplied += 1;
    else if (isBefore(standing, oldest)) oldest = { ...standing, revision };
    const why = whyOf(one, facts);
    if (why !== undefined && isBefore(standing, blocked)) {
      blocked = { ...standing, why };
    }
  }
  const applied: Applied = { unapplied };
  if (oldest) applied.revision = oldest.revision;
  if (blocked) {
    const { namespace, name } = blocked.ref;
    const { why } = blocked;
    applied.blockedBy = { kind: 'Kustomization', namespace, name, why };
  }
  return applied;
}
