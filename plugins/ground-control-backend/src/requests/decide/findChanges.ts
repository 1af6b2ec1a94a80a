import {
  RequestRequirement,
  Verdict,
  VERDICT_LEVELS,
} from '@ground-control/backstage-plugin-ground-control-common';
import { sayTime } from '../../lib/sayTime';
import { CurrentRelease } from '../resolve/types';
import { RequestRow } from '../types';

/** What is known now of that which a request was judged on. */
export interface Present {
  current?: CurrentRelease;
  /** Of the files now; absent where they weren't looked at. */
  digest?: string;
  /** Why the artifact can't be had any more. */
  gone?: string;
  verdicts: Verdict[];
  requirement: RequestRequirement;
}

/** Something that isn't as it was when the request was judged. */
export interface RequestChange {
  code:
    | 'moved'
    | 'artifact-gone'
    | 'artifact-changed'
    | 'verdict-worse'
    | 'verdict-better'
    | 'requirement-changed';
  /** For people. */
  message: string;
  /** It isn't what was asked for any more, and has to be asked anew. */
  outdates: boolean;
}

function describeMove(row: RequestRow, current?: CurrentRelease): string {
  if (!current) {
    return `${row.environment} changed: the service was removed from it.`;
  }
  const what = current.artifactId ?? 'a release that can’t be read';
  return `${row.environment} changed: ${what} was released there on ${sayTime(
    current.releasedAt,
  )}.`;
}

function findVerdictChanges(row: RequestRow, now: Verdict[]): RequestChange[] {
  const before: Verdict[] = JSON.parse(row.verdicts);
  const bound = (verdicts: Verdict[]) =>
    new Map(
      verdicts
        .filter(verdict => !verdict.momentary)
        .map(verdict => [verdict.policy, verdict]),
    );
  const [then, present] = [bound(before), bound(now)];
  return [...new Set([...then.keys(), ...present.keys()])].flatMap(policy => {
    const verdict = present.get(policy);
    const rank = VERDICT_LEVELS.indexOf(verdict?.level ?? 'pass');
    const rankBefore = VERDICT_LEVELS.indexOf(
      then.get(policy)?.level ?? 'pass',
    );
    if (rank === rankBefore) return [];
    const worse = rank > rankBefore;
    return {
      code: worse ? ('verdict-worse' as const) : ('verdict-better' as const),
      message: verdict
        ? `The policy ${policy} says otherwise now: ${verdict.reason}`
        : `The policy ${policy} has nothing to say any more.`,
      outdates: worse,
    };
  });
}

/**
 * Finds what has changed since a request was judged, the gravest first. What
 * was bound and got worse, or is another thing, outdates the request: it never
 * goes on silently.
 */
export function findChanges(row: RequestRow, now: Present): RequestChange[] {
  const changes: RequestChange[] = [];
  if ((now.current?.revision ?? null) !== row.replaces_revision) {
    changes.push({
      code: 'moved',
      message: describeMove(row, now.current),
      outdates: true,
    });
  }
  if (now.gone !== undefined) {
    changes.push({ code: 'artifact-gone', message: now.gone, outdates: true });
  } else if (now.digest !== undefined && now.digest !== row.digest) {
    changes.push({
      code: 'artifact-changed',
      message: `The files of ${row.artifact_id} in the artifact store are others than those that were asked for.`,
      outdates: true,
    });
  }
  changes.push(...findVerdictChanges(row, now.verdicts));
  const { approvals, platform, reason } = now.requirement;
  if (approvals !== row.approvals_needed || platform !== row.platform_needed) {
    changes.push({
      code: 'requirement-changed',
      message: `Who has to decide has changed: ${reason}`,
      outdates: false,
    });
  }
  return changes.sort((a, b) => Number(b.outdates) - Number(a.outdates));
}
