/** How a cluster came back, or comes back. Times are ours, in milliseconds. */
export interface Recovery {
  startedAt: number;
  /** The cluster that came. */
  instance: string;
  apiReachableAt?: number;
  fluxReadyAt?: number;
  firstRevisionAt?: number;
  allReadyAt?: number;
  ready?: number;
  total?: number;
}

/** What is seen of a cluster while it comes back. */
export interface RecoverySight {
  /** The cluster that answers now; undefined while none does. */
  instance?: string;
  fluxReady: boolean;
  /** Some Kustomization has applied a commit. */
  hasRevision: boolean;
  /** Kustomizations that are Ready, and all that aren't suspended. */
  ready: number;
  total: number;
  /** Releases that no Kustomization applies yet. */
  missing: number;
  /** Since when all of them are Ready without a break. */
  allReadySince?: number;
}

/**
 * All may be Ready for a moment because what comes next isn't there yet: the
 * first Kustomization makes the others.
 */
export const ALL_READY_FOR_MS = 10_000;

/**
 * Follows a cluster that was bootstrapped anew: another instance answers under
 * its name. The first sight of a cluster is none, as nothing was there before.
 *
 * @param known - the instance before, and when it was last heard of
 * @returns the recovery as it stands now; undefined where there never was one
 */
export function decideRecovery(
  last: Recovery | undefined,
  known: { instance?: string; heardOfAt?: number },
  sight: RecoverySight,
  now: number,
): Recovery | undefined {
  const { instance } = sight;
  if (instance === undefined) return last;
  const isNew = known.instance !== undefined && known.instance !== instance;
  const recovery =
    isNew && last?.instance !== instance
      ? { startedAt: known.heardOfAt ?? now, instance, apiReachableAt: now }
      : last;
  if (recovery?.instance !== instance || recovery.allReadyAt) return recovery;
  const { ready, total, missing, allReadySince } = sight;
  const isBack =
    recovery.firstRevisionAt !== undefined &&
    missing === 0 &&
    allReadySince !== undefined &&
    now - allReadySince >= ALL_READY_FOR_MS;
  return {
    ...recovery,
    ready,
    total: total + missing,
    fluxReadyAt: recovery.fluxReadyAt ?? (sight.fluxReady ? now : undefined),
    firstRevisionAt:
      recovery.firstRevisionAt ?? (sight.hasRevision ? now : undefined),
    ...(isBack && { allReadyAt: allReadySince }),
  };
}
