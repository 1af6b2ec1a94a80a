import { Standing } from '../decide/types';

/** A service that a cluster reported failed, and that wasn't well since. */
export interface EndedFailure {
  key: string;
  /** It runs again; else another release took its place. */
  recovered: boolean;
}

/** A release that a cluster reports failed from now on. */
export interface BegunFailure {
  key: string;
  revision: string;
  reason: string;
  /** Milliseconds since 1970. */
  since: number;
}

/**
 * Decides which failures of releases end and begin by what was judged anew. A
 * failure lasts until the release runs: one that waits, or is on its way, isn't
 * well yet. Where another release is judged, it never became well.
 */
export function decideFailures(facts: {
  changes: ReadonlyArray<[string, Standing | undefined]>;
  /** Failures that go on: the commit of the release, by service. */
  open: ReadonlyMap<string, string>;
  /** Commits of releases, by position. */
  revisions: ReadonlyMap<number, string>;
  now: number;
}): { ended: EndedFailure[]; begun: BegunFailure[] } {
  const ended: EndedFailure[] = [];
  const begun: BegunFailure[] = [];
  for (const [key, standing] of facts.changes) {
    const before = facts.open.get(key);
    const revision = standing && facts.revisions.get(standing.releasePosition);
    const goesOn = before !== undefined && before === revision;
    const recovered = goesOn && standing?.state === 'reconciled';
    if (before !== undefined && (!goesOn || recovered)) {
      ended.push({ key, recovered });
    }
    if (standing?.state !== 'failed' || !revision || goesOn) continue;
    // A state that goes on from the release before lasts longer than this one.
    const since = before === undefined ? standing.since : facts.now;
    begun.push({ key, revision, reason: standing.reason, since });
  }
  return { ended, begun };
}
