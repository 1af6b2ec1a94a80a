import {
  ReleaseRequestDetail,
  RequestChanges,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';

/** How what is shown differs from what the reader looked at. */
export interface DetailDifference {
  verdicts: { before?: Verdict; after: Verdict }[];
  /** The artifact that the environment runs by now, where it is another. */
  currentArtifactId?: string;
  /** How many commits, or builds, it brings by now, where that is another number. */
  count?: { kind: 'commits' | 'builds'; before: number; after: number };
}

function compareCounts(
  { kind, total: before }: RequestChanges,
  after: RequestChanges,
): DetailDifference['count'] {
  // Commits and builds can't be compared.
  if (kind === 'unknown' || kind !== after.kind) return undefined;
  if (before === undefined || after.total === undefined) return undefined;
  return before === after.total
    ? undefined
    : { kind, before, after: after.total };
}

/** Compares what the reader looked at with what is true now. */
export function compareDetails(
  before: ReleaseRequestDetail,
  after: ReleaseRequestDetail,
): DetailDifference {
  const earlier = new Map(before.verdicts.map(each => [each.policy, each]));
  const difference: DetailDifference = {
    verdicts: after.verdicts
      .map(verdict => ({ before: earlier.get(verdict.policy), after: verdict }))
      .filter(pair => pair.before?.level !== pair.after.level),
  };
  if (before.current?.position !== after.current?.position) {
    difference.currentArtifactId = after.current?.artifact?.id;
  }
  const count = compareCounts(before.changes, after.changes);
  return count ? { ...difference, count } : difference;
}
